"""文本签名: the words of a report as numbers, by their sound, small to store and quick to compare.

A pair of characters is one number made of its two syllables, so that pairs that follow one another
can be told from the numbers alone; any other word is a number of its own. One number for one sound:
what was misheard or dictated has the same number as what was meant.
"""

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from hotline.rules.kept import Kept
from hotline.rules.normalise import grams, tidy
from hotline.rules.sounds import SYLLABLES, sound

# Every number fits a signed 32-bit column: two halves of 15 bits, or a word with the bit above.
HALF: Final = 15
ALONE: Final = (1 << HALF) - 1  # the second half of a character that stands alone
WORD: Final = 1 << (2 * HALF)

KNOWN: Final = 1024  # halves kept for the syllables; the others are for what has no known sound
OPENING: Final = 60  # characters: what comes later is often the same whatever the matter is

_GREETING: Final = re.compile(
    r"\A(?:(?:[^，。！!：:,\n]{0,12}(?:领导|书记|市长|局长|县长|区长|镇长|部门|同志))?"
    r"(?:们|[您你]们?好|大家好)*[，。！!：:,\s]+)+"
)
_HALVES: Final = {syllable: number for number, syllable in enumerate(SYLLABLES)}


def signature(title: str, text: str) -> tuple[int, ...]:
    """Every word of a report once, in ascending order: what is stored and looked up."""
    return numbered(grams(f"{title}\n{text}"))


def title_signature(title: str) -> tuple[int, ...]:
    """The words of a title in their order, each as often as it stands there."""
    return tuple(map(_KEPT.__getitem__, grams(title)))


def opening_signature(text: str) -> tuple[int, ...]:
    """The words with which a text begins, in their order; a greeting is no beginning."""
    return title_signature(_GREETING.sub("", tidy(text[: 2 * OPENING]))[:OPENING])


def numbered(words: Iterable[str]) -> tuple[int, ...]:
    """Words as `normalise.grams` cuts them, each once, in ascending order of their numbers."""
    return tuple(sorted(set(map(_KEPT.__getitem__, words))))


def number(word: str) -> int:
    """Two characters by their syllables; any other word by itself."""
    return _KEPT[word]


def _number(word: str) -> int:
    if word.isascii() or len(word) > 2:
        return WORD | (zlib.crc32(word.encode()) & (WORD - 1))
    if len(word) == 1:
        return half(word) << HALF | ALONE
    return half(word[0]) << HALF | half(word[1])


@lru_cache(maxsize=30_000)
def half(character: str) -> int:
    """The number of a character's syllable."""
    said = sound(character)
    known = _HALVES.get(said)
    return KNOWN + zlib.crc32(said.encode()) % (ALONE - KNOWN) if known is None else known


_KEPT: Final = Kept(_number, 200_000)
