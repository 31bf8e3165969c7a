"""旧版办公文档: .doc, .xls, .ppt by what their container holds; kept, and never freed of names."""

from typing import Final

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found

START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LEAST: Final = 1536  # a header, a table and a directory
_SECTORS: Final = (9, 12)
_KINDS: Final = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}


def old_office(content: bytes) -> Found:
    """StepRefused for what else comes in such a container: installers, mails, locked documents."""
    shift = int.from_bytes(content[30:32], "little")
    if len(content) < _LEAST or content[28:30] != b"\xfe\xff" or shift not in _SECTORS:
        raise StepRefused("file.broken")
    if _holds(content, "EncryptedPackage"):
        raise StepRefused("file.locked")
    kind = next((kind for name, kind in _KINDS.items() if _holds(content, name)), None)
    if kind is None:
        raise StepRefused("file.not_accepted")
    macros = _holds(content, "_VBA_PROJECT") or _holds(content, "Macros")
    return Found(kind, None, macros=macros)


def _holds(content: bytes, name: str) -> bool:
    """As a whole entry of the directory: the name, its end, and nothing before it."""
    entry = (name + "\0").encode("utf-16-le")
    at = content.find(entry)
    while at != -1:
        length = int.from_bytes(content[at + 64 : at + 66], "little")
        if at % 128 == 0 and length == len(entry):
            return True
        at = content.find(entry, at + 1)
    return False
