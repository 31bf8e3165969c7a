"""Place names as dictation writes them: 嘟匀市, 那雍县, 督云那边, 幅陵白涛.

By sound, and only with 市, 县 or 区 behind, or in the company in which a town is spoken of: 规定
alone is no 贵定.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from hotline.rules.sounds import heard

ENDINGS: Final = "市县区"
STEMS: Final = (6, 5, 4, 3, 2)  # characters before the ending
BEFORE: Final = (3, 2)  # of a name that stands without one
BARE: Final = 2  # characters of a name without its ending
TOWN: Final = ("县城", "城区", "城里", "老城", "市区", "街上", "这边", "那边")
TOWNSHIP: Final = ("街道", "镇", "乡")
# 封城市民, 小区域: the ending belongs to the next word.
_OTHERS: Final = {"市": "民场面集价容政井", "区": "域别间块分", "县": ""}
# hu before a vowel and f are one in much of the south.
_SOFT: Final = {"hua": "fa", "huai": "fai", "huan": "fan", "hui": "fei", "hun": "fen", "huo": "fo"}


@lru_cache(maxsize=100_000)
def soft(word: str) -> str:
    """A word as a southern ear hears it."""
    return " ".join(_SOFT.get(syllable, syllable) for syllable in heard(word).split())


class Misheard:
    """Names by their sound. A sound that two counties share tells both, for the text to choose."""

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        former: Mapping[str, Iterable[str]],
        townships: Mapping[str, Iterable[str]],
    ) -> None:
        full, bare, short = _counties_by_sound(names)
        for known, past in zip((full, bare, short), _counties_by_sound(former), strict=True):
            for key, codes in past.items():
                known.setdefault(key, codes)  # a name of today before one of the past
        self._full, self._bare, self._short = full, bare, short
        self._townships = _by_sound(townships)

    def found(self, text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Where, the word as it was written, and the counties it sounds like."""
        for end, character in enumerate(text):
            if character not in ENDINGS or text[end + 1 : end + 2] in tuple(_OTHERS[character]):
                continue
            for size in STEMS:
                stem = text[max(0, end - size) : end]
                codes = self._full.get(soft(stem) + character) if len(stem) == size else None
                if codes:
                    yield end - size, stem + character, codes
                    break

    def towns(self, text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """The same for names without an ending, spoken of as a town."""
        for town in TOWN:
            at = text.find(town) - BARE
            word = text[at : at + BARE] if at >= 0 else ""
            codes = self._short.get(soft(word), ())
            if len(codes) == 1:
                yield at, word, codes

    def before(self, text: str, end: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """Names without an ending that stand right before `end`, where a township's begins."""
        for size in BEFORE:
            word = text[max(0, end - size) : end]
            if len(word) == size and (codes := self._bare.get(soft(word))):
                yield end - size, word, codes

    def townships(self, text: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        """茂蓝镇: the ending as it is written, the name by its sound and one character at least."""
        for ending in TOWNSHIP:
            at = text.find(ending)
            while at >= 0:
                for size in BEFORE:
                    stem = text[max(0, at - size) : at]
                    alike = self._townships.get(soft(stem) + ending, {})
                    if len(stem) == size and any(set(stem) & set(name) for name in alike):
                        codes = (code for several in alike.values() for code in several)
                        yield at - size, stem + ending, tuple(codes)
                at = text.find(ending, at + 1)


Sounds = dict[str, tuple[str, ...]]


def _counties_by_sound(names: Mapping[str, Iterable[str]]) -> tuple[Sounds, Sounds, Sounds]:
    """With the ending as it is written; without it; and of names that have none."""
    full: defaultdict[str, set[str]] = defaultdict(set)
    bare: defaultdict[str, set[str]] = defaultdict(set)
    short: defaultdict[str, set[str]] = defaultdict(set)
    for name, codes in names.items():
        if name[-1] in ENDINGS and len(name) - 1 in STEMS:
            full[soft(name[:-1]) + name[-1]].update(codes)
            bare[soft(name[:-1])].update(codes)
        if len(name) == BARE:
            bare[soft(name)].update(codes)
            short[soft(name)].update(codes)
    full_, bare_, short_ = (
        {key: tuple(sorted(codes)) for key, codes in one.items()} for one in (full, bare, short)
    )
    return full_, bare_, short_


def _by_sound(
    townships: Mapping[str, Iterable[str]],
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Sound and ending → the names that sound so, each with its codes."""
    heard_as: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, codes in townships.items():
        ending = next((word for word in TOWNSHIP if name.endswith(word)), "")
        stem = name.removesuffix(ending)
        if ending and len(stem) in BEFORE:
            heard_as[soft(stem) + ending][stem] = tuple(codes)
    return dict(heard_as)
