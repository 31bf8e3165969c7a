"""附件鉴别: a kind by the first bytes, proved by the whole; a name says nothing."""

import re
from typing import Final

from hotline.errors import StepRefused
from hotline.rules.attachments import old_office
from hotline.rules.attachments.boxes import film
from hotline.rules.attachments.found import (
    LARGEST_DOCUMENT,
    LARGEST_RECORDING,
    PDF_START,
    Found,
    check_size,
)
from hotline.rules.attachments.office import office
from hotline.rules.attachments.sound import sound
from hotline.rules.attachments.webm import webm

LONGEST_NAME: Final = 120
_STILL: Final = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
)
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def is_pdf(content: bytes) -> bool:
    """Whether it has to be looked at apart."""
    return content.startswith(PDF_START)


def prove(content: bytes) -> Found:
    """StepRefused names what is wrong with the file; nothing else comes out of any bytes."""
    try:
        return _proved(content)
    except StepRefused:
        raise
    except Exception as error:  # a decoder of another's making: whatever it raises is a bad file
        raise StepRefused("file.broken") from error


def _proved(content: bytes) -> Found:
    check_size(content, LARGEST_RECORDING)
    if content.startswith((b"PK\x03\x04", old_office.START, PDF_START)):
        check_size(content, LARGEST_DOCUMENT)
        return _document(content)
    if content[4:8] == b"ftyp" and content[8:12] not in _STILL:
        return film(content)
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return webm(content)
    return sound(content) or _picture(content)


def _picture(content: bytes) -> Found:
    from hotline.rules.attachments.pictures import picture  # noqa: PLC0415 - slow to load

    return picture(content)


def _document(content: bytes) -> Found:
    if content.startswith(b"PK"):
        return office(content)
    return _pdf(content) if is_pdf(content) else old_office.old_office(content)


def _pdf(content: bytes) -> Found:
    from hotline.rules.attachments.pdf import pdf  # noqa: PLC0415 - its process alone needs it

    return pdf(content)


def clean_name(name: str) -> str:
    """A file's name as it may be shown: no folder, nothing unseen, not too long."""
    last = _UNSEEN.sub("", name).replace("\\", "/").rpartition("/")[2].strip(" .")
    return last[-LONGEST_NAME:]
