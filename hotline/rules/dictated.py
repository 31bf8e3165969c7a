"""听写: words that dictation wrote with other characters of the same sound, put right.

Only words a pack names are looked for. A hit keeps a character of the word in its place (造音 for
噪音), or is written in a way the pack names, and is never inside an ordinary word (服务水平).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.rules.sounds import sound
from hotline.rules.wordscan import WordScan

_FIRST: Final = 0xE000  # of Unicode's private use: one character for each syllable that matters


@dataclass(frozen=True, slots=True)
class Heard:
    """A word, other ways it is known to be written, and ordinary words of the same sound."""

    word: str
    written: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()


class Dictated:
    """The words to listen for."""

    def __init__(self, words: Iterable[Heard]) -> None:
        known = list(words)
        self._ears = _Ears("".join(one.word for one in known))
        self._meant = {one.word.translate(self._ears): one.word for one in known}
        self._written = frozenset(spelt for one in known for spelt in one.written)
        self._ordinary = frozenset(word for one in known for word in (one.word, *one.ordinary))
        self._scan = WordScan(self._meant)

    def corrected(self, text: str) -> str:
        """The text with what was misheard as it was meant; as long as before."""
        for at, heard in list(self._scan.found(text.translate(self._ears))):
            end, word = at + len(heard), self._meant[heard]
            if text[at:end] != word and self._is_meant(text, at, word):
                text = f"{text[:at]}{word}{text[end:]}"
        return text

    def _is_meant(self, text: str, start: int, word: str) -> bool:
        end = start + len(word)
        said = text[start:end]
        close = said in self._written or any(a == b for a, b in zip(said, word, strict=True))
        return close and not self._is_ordinary(text, start, end)

    def _is_ordinary(self, text: str, start: int, end: int) -> bool:
        """Does an ordinary word cover what was heard, or reach into it from either side?"""
        return any(
            text[at:to] in self._ordinary
            for at in range(max(0, start - 1), end)
            for to in range(max(at, start) + 1, end + 2)
        )


class _Ears(dict[int, str]):
    """A table for `str.translate`: a character by its syllable, as far as a word needs it."""

    def __init__(self, characters: str) -> None:
        super().__init__()
        syllables = dict.fromkeys(map(sound, characters))
        self._signs = {syllable: chr(_FIRST + at) for at, syllable in enumerate(syllables)}

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = self._signs.get(sound(character), character)
        return self[code]
