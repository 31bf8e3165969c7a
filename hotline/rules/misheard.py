"""Place names as dictation writes them: 嘟匀市, 那雍县, 督云那边.

By sound, and only with 市, 县 or 区 behind, or with what follows a town's name in speech: 规定
alone is no 贵定.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hotline.rules.sounds import heard

ENDINGS: Final = "市县区"
STEMS: Final = (2, 3)  # characters before the ending
BARE: Final = 2  # characters of a name without its ending
TOWN: Final = ("县城", "城区", "城里", "老城", "市区", "街上", "这边", "那边")


class Misheard:
    """Names of counties by their sound; a sound that two counties share tells neither."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        full: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        bare: defaultdict[str, set[str]] = defaultdict(set)
        for name, codes in names.items():
            if name[-1] in ENDINGS and len(name) - 1 in STEMS:
                full[heard(name[:-1]), name[-1]].update(codes)
            if len(name) == BARE:
                bare[heard(name)].update(codes)
        self._codes = {key: next(iter(codes)) for key, codes in full.items() if len(codes) == 1}
        self._bare = {key: next(iter(codes)) for key, codes in bare.items() if len(codes) == 1}

    def towns(self, text: str) -> Iterator[tuple[int, str, str]]:
        """The same for names without an ending, spoken of as a town."""
        for town in TOWN:
            at = text.find(town) - BARE
            word = text[at : at + BARE] if at >= 0 else ""
            if code := self._bare.get(heard(word)):
                yield at, word, code

    def found(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Where, the word as it was written, and the code it sounds like."""
        for end, character in enumerate(text):
            if character not in ENDINGS:
                continue
            for size in STEMS:
                stem = text[max(0, end - size) : end]
                code = self._codes.get((heard(stem), character)) if len(stem) == size else None
                if code:
                    yield end - size, stem + character, code
