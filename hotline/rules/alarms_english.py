"""英文紧急词: what calls a person at once in English; what is denied, past or a drill does not.

In doubt it calls: a word denied from afar ("no one is fighting the fire") counts as said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hotline.rules.normalise import HAN

SPAN: Final = 5  # words from one cue of a pair to the next
AFTER: Final = 3  # words from an alarm to the time that it is of
FILLERS: Final = 4  # words between a denial and what it denies
_SPEAKS: Final = re.compile("[a-z]{3}")
# 半夜在fire酒吧: one foreign word among Chinese ones is somebody's name
_RUN: Final = re.compile(f"[^{HAN}]+")
_ANY_HAN: Final = re.compile(f"[{HAN}]")
_WORD: Final = re.compile(r"[a-z][a-z']*")
_SENTENCE: Final = re.compile(r"(?:[^.!?;。!?\n]|\.(?=\S))+")
_CLAUSE: Final = re.compile(r",|:|\(|\)|\bbut\b|\band\b|\bthough\b")
_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True)
class EnglishAlarms:
    """As `Alarms` for whole words. `past` (last year) counts at the head of a clause or right after
    the alarm, unless the sentence says that it goes on (`present`: again, now) or it is told of
    something `made` then; a `#` in a phrase is a digit."""

    words: tuple[str, ...]
    calm: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()  # no *sign of a* fire
    drills: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()  # *about two* years ago
    made: tuple[str, ...] = ()  # the plant *opened* last year
    present: tuple[str, ...] = ()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: tuple[str, ...] = ()
    heard: Mapping[str, re.Pattern[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lists = {name: getattr(self, name) for name in ("words", "calm", "drills", "made")}
        heard = {name: _any_of(words) for name, words in lists.items()}
        heard |= {f"cue {name}": _any_of(words) for name, words in self.cues.items()}
        heard["present"] = _any_of(self.present)
        heard |= _times(self.past, self.counts)
        between = rf"(?:\W+(?:{_either(self.fillers)})){{0,{FILLERS}}}\W*$"
        before = rf"(?<![a-z'])(?:{_either(self.denials)}){between}"
        heard["denied"] = re.compile(before) if self.denials else _NEVER
        object.__setattr__(self, "heard", heard)

    def raised(self, text: str) -> Iterator[str]:
        """`text` is casefolded. Most are Chinese and cost one search."""
        if _SPEAKS.search(text):
            for run in _runs(text.replace("\u2019", "'")):
                for sentence in _SENTENCE.findall(run):
                    yield from self._in(sentence)

    def _in(self, sentence: str) -> Iterator[str]:
        if any(not self._denied(sentence, hit.start()) for hit in self._all("drills", sentence)):
            return
        lasts = self.heard["present"].search(sentence) is not None
        for clause in _CLAUSE.split(sentence):
            if lasts or not self.heard["begins"].match(clause):
                covered = [hit.span() for hit in self._all("calm", clause)]
                for end, said in self._said(clause, covered):
                    if lasts or not self._is_past(clause, end):
                        yield said

    def _said(self, clause: str, covered: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        """Each with where it ends."""
        for hit in self._open("words", clause, covered):
            if not self._denied(clause, hit.start()):
                yield hit.end(), hit[0]
        for pair in self.pairs:
            yield from self._both(clause, covered, *pair.split())

    def _both(
        self, clause: str, covered: list[tuple[int, int]], one: str, other: str
    ) -> Iterator[tuple[int, str]]:
        for left in self._open(f"cue {one}", clause, covered):
            for right in self._open(f"cue {other}", clause, covered):
                first, last = sorted((left, right), key=re.Match.start)
                between = clause[first.end() : last.start()]
                near = first.end() <= last.start() and len(_WORD.findall(between)) <= SPAN
                if near and not any(self._denied(clause, at.start()) for at in (first, last)):
                    yield last.end(), f"{first[0]}…{last[0]}"

    def _all(self, name: str, text: str) -> Iterator[re.Match[str]]:
        return self.heard[name].finditer(text)

    def _open(
        self, name: str, text: str, covered: list[tuple[int, int]]
    ) -> Iterator[re.Match[str]]:
        """Those that no calm phrase holds."""
        for hit in self._all(name, text):
            if not any(start < hit.end() and hit.start() < end for start, end in covered):
                yield hit

    def _is_past(self, clause: str, end: int) -> bool:
        when = self.heard["follows"].match(clause, end)
        return when is not None and not self.heard["made"].search(when[0])

    def _denied(self, text: str, at: int) -> bool:
        return self.heard["denied"].search(text[:at]) is not None


def _times(past: Iterable[str], counts: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """At the head of a clause, and a few words after the alarm."""
    if not past:
        return {"begins": _NEVER, "follows": _NEVER}
    then = rf"(?:(?:{_either(counts)})\W+){{0,3}}(?:{_either(past)})(?![a-z0-9'])"
    words = rf"\W+(?:[a-z0-9']+\W+){{0,{AFTER}}}?"
    return {"begins": re.compile(rf"\W*{then}"), "follows": re.compile(words + then)}


def _runs(text: str) -> Iterator[str]:
    """What is said in English: more than one word, unless there is nothing else."""
    least = 2 if _ANY_HAN.search(text) else 1
    return (run for run in _RUN.findall(text) if len(_WORD.findall(run)) >= least)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Whole words, the longest first."""
    known = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![a-z0-9'])(?:{_either(known)})(?![a-z0-9])") if known else _NEVER


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(one).replace(r"\#", r"\d").replace(r"\ ", r"\s+") for one in phrases)
