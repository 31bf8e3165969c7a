"""录像和 m4a: MP4 and QuickTime boxes; the copy's position, device, names and times are blanked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from hotline.errors import StepRefused
from hotline.rules.attachments.found import Found, Hint
from hotline.rules.attachments.tracks import samples

LONGEST_FILM: Final = 600.0  # seconds
MOST_BOXES: Final = 20_000
DEEPEST: Final = 8

_NESTED: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex"})
_TALKING: Final = frozenset({b"udta", b"meta", b"uuid", b"XMP_", b"free", b"skip", b"wide"})
_TIMED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SEEN_OR_HEARD: Final = frozenset({b"vide", b"soun"})
_SOUNDS: Final = frozenset({b"M4A ", b"M4B "})
_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_PLACE: Final = re.compile(rb"([+-]\d{2}\.\d{2,8})([+-]\d{3}\.\d{2,8})")  # ISO 6709


class Box(NamedTuple):
    """One box: its kind, where it starts, where its content starts, where it ends."""

    kind: bytes
    start: int
    body: int
    end: int
    parents: tuple[bytes, ...]


def film(content: bytes) -> Found:
    """StepRefused unless the boxes are whole and hold a track to see or to hear."""
    boxes = list(_walk(content, 0, len(content), ()))
    header = next((one for one in boxes if one.kind == b"mvhd"), None)
    tracks = _tracks(content, boxes)
    if header is None or not any(kind in _SEEN_OR_HEARD for kind, _ in tracks):
        raise StepRefused("file.broken")
    seconds, taken = _times(content, header)
    seen = any(kind == b"vide" for kind, _ in tracks)
    if seen and seconds > LONGEST_FILM:
        raise StepRefused("file.too_long", minutes=int(LONGEST_FILM) // 60)
    return Found(
        _media_type(content[8:12], seen=seen),
        _copy(content, boxes, tracks),
        seconds=round(seconds, 2),
        hint=_hint(content, boxes, taken),
    )


def _walk(content: bytes, at: int, end: int, parents: tuple[bytes, ...]) -> Iterator[Box]:
    """In the order they stand, a box before those within it."""
    todo, count = [(at, end, parents)], 0
    while todo:
        at, end, parents = todo.pop()
        while at < end:
            box = _box(content, at, end, parents)
            if (count := count + 1) > MOST_BOXES:
                raise StepRefused("file.too_complex")
            yield box
            at = box.end
            if box.kind in _NESTED and len(parents) < DEEPEST:
                todo.append((at, end, parents))
                at, end, parents = box.body, box.end, (*parents, box.kind)


def _box(content: bytes, at: int, end: int, parents: tuple[bytes, ...]) -> Box:
    size, kind, body = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], at + 8
    if size == 1:
        size, body = int.from_bytes(content[at + 8 : at + 16], "big"), at + 16
    elif size == 0 and not parents:  # the last: up to the end of the file
        size = end - at
    if size < body - at or at + size > end:
        raise StepRefused("file.broken")
    return Box(kind, at, body, at + size, parents)


def _tracks(content: bytes, boxes: list[Box]) -> list[tuple[bytes, Box]]:
    """Each track with its kind: vide, soun, or another, which may hold positions."""
    found = []
    for track in (one for one in boxes if one.kind == b"trak"):
        within = [one for one in boxes if track.body <= one.start and one.end <= track.end]
        told = next((one for one in within if one.kind == b"hdlr"), None)
        found.append((content[told.body + 8 : told.body + 12] if told else b"", track))
    return found


def _times(content: bytes, header: Box) -> tuple[float, datetime | None]:
    body = content[header.body : header.end]
    wide = body[:1] == b"\x01"
    made = int.from_bytes(body[4:12] if wide else body[4:8], "big")
    scale = int.from_bytes(body[20:24] if wide else body[12:16], "big")
    lasts = int.from_bytes(body[24:32] if wide else body[16:20], "big")
    if not scale:
        raise StepRefused("file.broken")
    try:
        taken = _EPOCH + timedelta(seconds=made)
    except OverflowError:
        return lasts / scale, None
    return lasts / scale, taken if taken >= _EARLIEST else None


def _media_type(brand: bytes, *, seen: bool) -> str:
    if brand in _SOUNDS or not seen:
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _hint(content: bytes, boxes: list[Box], taken: datetime | None) -> Hint:
    said = taken.isoformat() if taken else ""
    for box in boxes:
        if box.kind in _TALKING and (place := _PLACE.search(content, box.body, box.end)):
            latitude, longitude = float(place[1]), float(place[2])
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return Hint(said, longitude, latitude)
    return Hint(said)


def _copy(content: bytes, boxes: list[Box], tracks: list[tuple[bytes, Box]]) -> bytes:
    """The same length and the same places, so that every offset in it still holds."""
    clean = bytearray(content)
    for box in boxes:
        if box.kind in _TALKING:
            clean[box.start + 4 : box.start + 8] = b"free"
            clean[box.body : box.end] = bytes(box.end - box.body)
        elif box.kind in _TIMED:
            until = box.body + 4 + (16 if content[box.body : box.body + 1] == b"\x01" else 8)
            clean[box.body + 4 : min(until, box.end)] = bytes(min(until, box.end) - box.body - 4)
        elif box.kind == b"hdlr":  # its name is the device's
            clean[box.body + 24 : box.end] = bytes(max(0, box.end - box.body - 24))
    for kind, track in tracks:
        if kind not in _SEEN_OR_HEARD:
            for start, end in samples(content, track.body, track.end):
                clean[start:end] = bytes(end - start)
            clean[track.start + 4 : track.start + 8] = b"free"
            clean[track.body : track.end] = bytes(track.end - track.body)
    return bytes(clean)
