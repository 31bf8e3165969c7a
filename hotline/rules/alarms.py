"""紧急词: what calls a person at once, unless denied, a manner of speaking, or a drill."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from hotline.rules.alarms_english import EnglishAlarms
from hotline.rules.together import Together
from hotline.rules.wordscan import WordScan

NEAR: Final = 2  # characters between a denial and what it denies
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE_ENDS: Final = "，,、：: "


@dataclass(frozen=True)
class Alarms:
    """Words and pairs of cues that raise the flag; `calm` ones hide an alarm inside them."""

    words: tuple[str, ...]
    calm: tuple[str, ...] = ()  # 信息泄漏, 要爆炸了: a manner of speaking
    denials: tuple[str, ...] = ()  # 不是, 没有: right before the word
    drills: tuple[str, ...] = ()  # 演练: in the same sentence
    pairs: Together | None = None
    english: EnglishAlarms | None = None
    scan: WordScan = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "scan", WordScan([*self.words, *self.calm]))

    def raised(self, text: str) -> tuple[str, ...]:
        """The words that call for a person, in the order they were said."""
        said = tuple(self.english.raised(text)) if self.english else ()
        return tuple(dict.fromkeys((*self._all(text), *said)))

    def _all(self, text: str) -> Iterator[str]:
        for sentence in _SENTENCE.findall(text):
            if not self._is_drill(sentence):
                yield from self._in(sentence)

    def _is_drill(self, sentence: str) -> bool:
        found = map(sentence.find, self.drills)
        return any(at >= 0 and not self._denied(sentence, at) for at in found)

    def _in(self, sentence: str) -> Iterator[str]:
        calm = set(self.calm)
        for at, word in self.scan.found(sentence):
            if word not in calm and not self._denied(sentence, at):
                yield word
        if self.pairs:
            yield from (words for _, words in self.pairs.said(sentence))

    def _denied(self, sentence: str, at: int) -> bool:
        before = sentence[:at]
        clause = before[max(before.rfind(end) for end in _CLAUSE_ENDS) + 1 :]
        return any(
            0 <= len(clause) - end <= NEAR
            for denial in self.denials
            if (end := clause.rfind(denial) + len(denial)) >= len(denial)
        )
