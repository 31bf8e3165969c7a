"""Ogg 录音: Opus and Vorbis page by page; an Opus recording's comments are blanked in its copy."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found

_HEAD: Final = 27
_OPUS_RATE: Final = 48_000
_UNSET: Final = 0xFFFF_FFFF_FFFF_FFFF
_POLYNOMIAL: Final = 0x04C1_1DB7
_NO_COMMENTS: Final = b"OpusTags" + bytes(8)  # no vendor, no comments; padding may follow


class Page(NamedTuple):
    """Where a page and its body begin and end."""

    start: int
    body: int
    end: int


def ogg(content: bytes) -> Found:
    """StepRefused unless it is whole pages of a codec that speaks."""
    pages = list(_pages(content))
    head = content[pages[0].body : pages[0].end]
    if head.startswith(b"OpusHead") and len(head) >= 19:
        rate = _OPUS_RATE
    elif head.startswith(b"\x01vorbis") and len(head) >= 16:
        rate = int.from_bytes(head[12:16], "little")
    else:
        raise StepRefused("file.not_accepted")
    last = int.from_bytes(content[pages[-1].start + 6 : pages[-1].start + 14], "little")
    if not rate or len(pages) < 2 or last == _UNSET:
        raise StepRefused("file.broken")
    copy = _blanked(content, pages[1]) if rate == _OPUS_RATE else None
    return Found("audio/ogg", copy, seconds=round(last / rate, 2))


def _pages(content: bytes) -> Iterator[Page]:
    at = 0
    while at < len(content):
        segments = content[at + 26 : at + 27]
        body = at + _HEAD + (segments[0] if segments else 0)
        end = body + sum(content[at + _HEAD : body])
        if content[at : at + 4] != b"OggS" or end > len(content):
            raise StepRefused("file.broken")
        yield Page(at, body, end)
        at = end


def _blanked(content: bytes, page: Page) -> bytes | None:
    """None when the comments do not end where the page ends: they are not looked for further."""
    body = content[page.body : page.end]
    if not body.startswith(b"OpusTags") or content[page.body - 1] == 255:
        return None
    clean = bytearray(content[page.start : page.body] + _NO_COMMENTS.ljust(len(body), b"\0"))
    clean[22:26] = bytes(4)
    clean[22:26] = _checksum(bytes(clean)).to_bytes(4, "little")
    return content[: page.start] + bytes(clean) + content[page.end :]


def _checksum(page: bytes) -> int:
    found = 0
    for byte in page:
        found = (found << 8 & 0xFFFF_FFFF) ^ _TABLE[found >> 24 ^ byte]
    return found


def _remainder(byte: int) -> int:
    left = byte << 24
    for _ in range(8):
        left = (left << 1 ^ (_POLYNOMIAL if left & 0x8000_0000 else 0)) & 0xFFFF_FFFF
    return left


_TABLE: Final = tuple(_remainder(byte) for byte in range(256))
