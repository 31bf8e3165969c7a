"""搭配: two cues close together say what neither says alone, such as 河 beside 黑."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hotline.rules.wordscan import WordScan

SPAN: Final = 8  # characters from one cue to the next


class Together:
    """Cues by name with their words, and for each code the pairs of cues that say it.

    `idle` words hide the cues inside them: 影响 holds no 响.
    """

    def __init__(
        self,
        cues: Mapping[str, Iterable[str]],
        idle: Iterable[str],
        pairs: Mapping[str, Iterable[str]],
    ) -> None:
        self._of: defaultdict[str, list[str]] = defaultdict(list)
        for name, words in cues.items():
            for word in words:
                self._of[word.casefold()].append(name)
        sizes: defaultdict[str, set[int]] = defaultdict(set)
        for word in self._of:
            sizes[word[0]].add(len(word))
        self._sizes = {first: sorted(several) for first, several in sizes.items()}
        self._idle = WordScan(idle)
        self._beside: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, both in pairs.items():
            for pair in both:
                self._add(code, *pair.split())

    def _add(self, code: str, one: str, other: str, order: str = "") -> None:
        """`tap dark then`: only in this order."""
        self._beside[other].append((one, code))
        if not order:
            self._beside[one].append((other, code))

    def said(self, text: str) -> Iterator[tuple[str, str]]:
        """Each code with the two words that said it, such as 河…黑; a pair of cues counts once."""
        last: dict[str, tuple[int, str]] = {}
        told: set[tuple[str, ...]] = set()
        for at, word in self._heard(text):
            for name in self._of[word]:
                for other, code in self._beside.get(name, ()):
                    if other not in last:
                        continue
                    end, before = last[other]
                    pair = (code, *sorted((name, other)))
                    if 0 <= at - end <= SPAN and pair not in told:
                        told.add(pair)
                        yield code, f"{before}…{word}"
            for name in self._of[word]:
                last[name] = (at + len(word), word)

    def _heard(self, text: str) -> Iterator[tuple[int, str]]:
        """Every cue at every place that no idle word covers."""
        cues = list(self._cues(text))
        if self._may_say(cues):
            covered = {at + i for at, word in self._idle.found(text) for i in range(len(word))}
            yield from (cue for cue in cues if cue[0] not in covered)

    def _may_say(self, cues: list[tuple[int, str]]) -> bool:
        """Two of them make a pair; of one alone nothing can be said."""
        if len(cues) < 2:
            return False
        names = {name for _, word in cues for name in self._of[word]}
        return any(other in names for name in names for other, _ in self._beside.get(name, ()))

    def _cues(self, text: str) -> Iterator[tuple[int, str]]:
        sizes = self._sizes
        for at in [at for at, character in enumerate(text) if character in sizes]:
            for size in sizes[text[at]]:
                if (word := text[at : at + size]) in self._of:
                    yield at, word
