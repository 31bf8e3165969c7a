"""字对: the words of a report as numbers, by their very characters: what the index looks up.

There are too few syllables to look up by sound: among a million reports every pair of sounds is
common. Two words of the same characters have the same number; which number is nobody's concern,
but it never changes, for it is stored.
"""

from collections.abc import Iterable
from hashlib import md5
from typing import Final

from hotline.rules.kept import Kept

HALF: Final = 1 << 16  # two characters are one number where each fits a half
SIGN: Final = 1 << 31


def spellings(words: Iterable[str]) -> tuple[int, ...]:
    """Words as `normalise.grams` cuts them, each once, in ascending order of their numbers."""
    return tuple(sorted(set(map(_KEPT.__getitem__, words))))


def spelt(word: str) -> int:
    """As a signed number of 32 bits, as an integer[] column holds it."""
    return _KEPT[word]


def _spelt(word: str) -> int:
    if len(word) == 2 and ord(word[0]) < HALF and ord(word[1]) < HALF:
        number = ord(word[0]) * HALF + ord(word[1])
    else:
        number = int.from_bytes(md5(word.encode(), usedforsecurity=False).digest()[:4], "big")
    return number - 2 * SIGN if number >= SIGN else number


_KEPT: Final = Kept(_spelt, 100_000)
