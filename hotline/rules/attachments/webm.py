"""WebM 录像: elements one after another; the copy's tags, title and day are void."""

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from hotline.errors import StepRefused
from hotline.rules.attachments.boxes import LONGEST_FILM
from hotline.rules.attachments.found import Found

MOST_ELEMENTS: Final = 500_000

_EBML, _SEGMENT, _CLUSTER, _INFO = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966
_TRACKS, _DURATION, _SCALE, _DOC_TYPE = 0x1654AE6B, 0x4489, 0x2AD7B1, 0x4282
# Tags, Attachments, Title, DateUTC, MuxingApp, WritingApp, SegmentFilename
_TALKING: Final = frozenset({0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x7384})
_OPENED: Final = frozenset({_SEGMENT, _INFO, _EBML})


class Element(NamedTuple):
    """One element: its kind, where it starts, where its content starts and ends."""

    kind: int
    start: int
    body: int
    end: int


def webm(content: bytes) -> Found:
    """StepRefused unless it is WebM or Matroska with tracks, whole to its last element."""
    found = list(_walk(content))
    parts = {one.kind: content[one.body : one.end] for one in found if one.kind not in _OPENED}
    if parts.get(_DOC_TYPE, b"").rstrip(b"\0") not in (b"webm", b"matroska"):
        raise StepRefused("file.not_accepted")
    if _TRACKS not in parts:
        raise StepRefused("file.broken")
    scale = int.from_bytes(parts.get(_SCALE, b""), "big") or 1_000_000
    seconds = _real(parts.get(_DURATION, b"")) * scale / 1e9
    if not 0 <= seconds <= LONGEST_FILM:  # also what is no number
        raise StepRefused("file.too_long", minutes=int(LONGEST_FILM) // 60)
    is_sound = b"V_" not in parts[_TRACKS]
    kind = "audio/webm" if is_sound else "video/webm"
    return Found(kind, _copy(content, found), seconds=round(seconds, 2))


def _walk(content: bytes) -> Iterator[Element]:
    """Segment and Info are opened; so is a cluster of unknown length, whose end nobody knows."""
    at = 0
    for _ in range(MOST_ELEMENTS):
        if at >= len(content):
            return
        kind, body = _number(content, at, marked=True)
        size, body = _number(content, body, marked=False)
        unknown = size == -1
        end = len(content) if unknown else body + size
        if end > len(content) or (unknown and kind not in (_SEGMENT, _CLUSTER)):
            raise StepRefused("file.broken")
        yield Element(kind, at, body, end)
        at = body if kind in _OPENED or unknown else end
    raise StepRefused("file.too_complex")


def _number(content: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """A number of one to eight bytes, and where it ends; -1: unknown."""
    first = content[at] if at < len(content) else 0
    length = 9 - first.bit_length()
    if not first or at + length > len(content) or (marked and length > 4):
        raise StepRefused("file.broken")
    whole = int.from_bytes(content[at : at + length], "big")
    bits = 7 * length
    value = whole & ((1 << bits) - 1)
    if not marked and value == (1 << bits) - 1:
        return -1, at + length
    return (whole if marked else value), at + length


def _real(body: bytes) -> float:
    if len(body) not in (4, 8):
        return 0.0
    found: float = struct.unpack(">f" if len(body) == 4 else ">d", body)[0]
    return found


def _copy(content: bytes, found: list[Element]) -> bytes:
    clean = bytearray(content)
    for one in found:
        if one.kind in _TALKING:
            clean[one.start : one.end] = _void(one.end - one.start)
    return bytes(clean)


def _void(length: int) -> bytes:
    """An element that means nothing, of the same length."""
    if length >= 9:
        return b"\xec\x01" + (length - 9).to_bytes(7, "big") + bytes(length - 9)
    return b"\xec" + bytes([0x80 | (length - 2)]) + bytes(length - 2)
