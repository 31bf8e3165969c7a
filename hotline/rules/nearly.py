"""近重文本: texts that are nearly the same, so that none is learnt from and tried on its like."""

from binascii import crc32
from collections.abc import Iterable, Sequence
from typing import Final

BINS: Final = 18  # of the least marks; texts half alike share three in a row about every other time
IN_A_ROW: Final = 3
RUN: Final = 3  # words, or characters where a text is not cut into words


def groups(texts: Sequence[Sequence[str]]) -> list[int]:
    """For each text the number of the first one that is nearly the same, by chains too."""
    first = list(range(len(texts)))
    seen: dict[tuple[int, ...], int] = {}
    for at, words in enumerate(texts):
        for mark in _marks(words):
            other = _root(first, seen.setdefault(mark, at))
            own = _root(first, at)
            first[max(other, own)] = min(other, own)
    return [_root(first, at) for at in range(len(texts))]


def fold_of(group: int, folds: int) -> int:
    """Which part a group belongs to: always the same one, spread evenly."""
    return crc32(str(group).encode()) % folds


def _root(first: list[int], at: int) -> int:
    while first[at] != at:
        first[at] = first[first[at]]
        at = first[at]
    return at


def _marks(words: Sequence[str]) -> Iterable[tuple[int, ...]]:
    """The least marks of the runs of words, three bins in a row; empty bins mark nothing."""
    least = [1 << 32] * BINS
    for at in range(max(1, len(words) - RUN + 1)):
        mark = crc32(" ".join(words[at : at + RUN]).encode())
        least[mark % BINS] = min(least[mark % BINS], mark)
    for start in range(0, BINS, IN_A_ROW):
        row = least[start : start + IN_A_ROW]
        if min(row) < 1 << 32:
            yield (start, *row)
