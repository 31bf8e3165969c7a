"""办公文档: docx, xlsx, pptx proved entry by entry; the copy names no author, company or path."""

import io
import re
import zipfile
import zlib
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found
from hotline.rules.attachments.jpeg import bare_jpeg

MOST_ENTRIES: Final = 2000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 200  # XML packs to a fiftieth at best, a bomb to a thousandth
SMALL: Final = 1024 * 1024  # of no danger whatever its ratio

_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = {  # what the main part is said to be: its name may be any
    b"wordprocessingml.document.main+xml": "wordprocessingml.document",
    b"ms-word.document.macroEnabled.main+xml": "wordprocessingml.document",
    b"spreadsheetml.sheet.main+xml": "spreadsheetml.sheet",
    b"ms-excel.sheet.macroEnabled.main+xml": "spreadsheetml.sheet",
    b"presentationml.presentation.main+xml": "presentationml.presentation",
    b"ms-powerpoint.presentation.macroEnabled.main+xml": "presentationml.presentation",
}
_PROPERTIES: Final = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
# who commented, who changed what, whose folder it lay in
_NAMES: Final = re.compile(
    rb"(\s(?:\w+:)?(?:author|initials|lastEdited|userName|userId|displayName|providerId)=)"
    rb'("[^"]*"|\'[^\']*\')'
    rb"|(<(?:\w+:)?author>)[^<]*(?=</)"
    rb"|(<\w+:absPath\b[^>]*?\surl=)(\"[^\"]*\"|'[^']*')"
    rb"|(<(?:\w+:)?cmAuthor\b[^>]*?\sname=)(\"[^\"]*\"|'[^']*')"
)
_NESTED: Final = ("/embeddings/", "vbaProject.bin", "/activeX/")
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf")


def office(content: bytes) -> Found:
    """StepRefused for another kind of archive, one under a password, and one that is a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _found(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError) as error:
        raise StepRefused("file.broken") from error
    except (RuntimeError, NotImplementedError) as error:  # a password; an unusual packing
        raise StepRefused("file.locked") from error


def _found(archive: zipfile.ZipFile) -> Found:
    entries = archive.infolist()
    names = {one.filename for one in entries}
    _check_bomb(entries)
    types = archive.read(_TYPES) if _TYPES in names else b""
    main = next((kind for said, kind in _MAIN.items() if said in types), "")
    if not main:
        raise StepRefused("file.not_accepted")
    macros = any("vbaProject" in name for name in names)
    out, within = io.BytesIO(), any(mark in name for name in names for mark in _NESTED)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for one in entries:
            body = archive.read(one)  # to its end, against its checksum
            within = within or body.startswith(_PACKED)
            copy.writestr(zipfile.ZipInfo(one.filename), _bare(one.filename, body), 8)
    # what lies within has authors of its own, which nobody looked for
    copy_of = None if within else out.getvalue()
    return Found(f"application/vnd.openxmlformats-officedocument.{main}", copy_of, macros=macros)


def _check_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """By what the entries say; one that says less than it holds fails as it is read."""
    many = len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED
    dense = any(
        one.file_size > SMALL and one.file_size > MOST_RATIO * one.compress_size for one in entries
    )
    twice = len({one.header_offset for one in entries}) < len(entries)  # entries that overlap
    if many or dense or twice:
        raise StepRefused("file.bomb")
    for one in entries:
        if ".." in one.filename.split("/") or one.filename.startswith(("/", "\\")):
            raise StepRefused("file.broken")


def _bare(name: str, body: bytes) -> bytes:
    if name.endswith(".psmdcp"):
        return _PROPERTIES["docProps/core.xml"]
    if name in _PROPERTIES:
        return _PROPERTIES[name]
    if name.endswith((".xml", ".rels")):
        return _NAMES.sub(_blank, body)
    if body.startswith(b"\xff\xd8"):
        return bare_jpeg(body)
    return body


def _blank(found: re.Match[bytes]) -> bytes:
    attribute = found[1] or found[4] or found[6]
    return attribute + b'""' if attribute else found[3]
