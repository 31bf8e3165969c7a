"""轨道样本: where a track's samples lie in the file, so that positions can be blanked."""

from collections.abc import Iterator
from itertools import islice

from hotline.errors import StepRefused

MOST_SAMPLES = 500_000


def samples(content: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """The ranges of a track's chunks. StepRefused when the tables do not fit the file."""
    tables = {name: _table(content, name, start, end) for name in (b"stsz", b"stsc", b"stco")}
    wide = _table(content, b"co64", start, end)
    offsets = _numbers(wide, 4, 8) if wide else _numbers(tables[b"stco"], 4, 4)
    sizes = _sizes(tables[b"stsz"])
    runs = list(zip(*[iter(_numbers(tables[b"stsc"], 4, 4))] * 3, strict=False))
    found, each, run = [], iter(sizes), 0
    for number, offset in enumerate(offsets, 1):
        while run + 1 < len(runs) and runs[run + 1][0] <= number:
            run += 1
        length = sum(islice(each, runs[run][1] if runs else 0))
        if offset + length > len(content):
            raise StepRefused("file.broken")
        found.append((offset, offset + length))
    return found


def _table(content: bytes, name: bytes, start: int, end: int) -> bytes:
    """After its version and flags."""
    at = content.find(name, start, end)
    size = int.from_bytes(content[at - 4 : at], "big") if at >= 4 else 0
    return content[at + 8 : min(at - 4 + size, end)] if size > 12 else b""


def _numbers(table: bytes, at: int, width: int) -> list[int]:
    return [
        int.from_bytes(table[one : one + width], "big")
        for one in range(at, len(table) - width + 1, width)
    ]


def _sizes(table: bytes) -> Iterator[int] | list[int]:
    one, count = int.from_bytes(table[:4], "big"), int.from_bytes(table[4:8], "big")
    if count > MOST_SAMPLES:
        raise StepRefused("file.too_complex")
    return [one] * count if one else _numbers(table, 8, 4)
