"""By which words to look for reports like this one: the seldom ones, those of the title first.

Words are the numbers of `rules.spelling`: by their characters, for by sound none is seldom.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from hotline.rules.normalise import grams
from hotline.rules.rarity import EVERYDAY, EVERYDAY_SHARE
from hotline.rules.spelling import spelt

MOST: Final = 60
# What all look-ups together are expected to bring back: the cost stays flat as the table grows.
BUDGET: Final = 200
BY_ONE_WORD: Final = 50
OF_TITLE: Final = 0.02  # a word of the title is taken as if it were fifty times as rare
COMMON: Final = 0.03  # in more than three of a hundred reports: only if the title says it
UNSEEN: Final = 0.2  # how often a word that the sample does not know would stand in it on average
BELIEF: Final = 60  # reports; so long as there are fewer no word counts as common


@dataclass(frozen=True, slots=True)
class Probe:
    """One word to look up, and how much it counts where it is found."""

    gram: int
    weight: float


class Shares:
    """`held`: in how many of `reports` a word stands; `stored`: how many reports there are."""

    def __init__(
        self, reports: int = 0, held: Mapping[int, int] | None = None, stored: int = 0
    ) -> None:
        self.stored = max(stored, reports)
        known, seen = held or {}, reports + BELIEF
        self.unseen = UNSEEN / seen
        self._shares = {gram: many / seen for gram, many in known.items()}
        for gram in _EVERYDAY:
            self._shares[gram] = (known.get(gram, UNSEEN) + EVERYDAY_SHARE * BELIEF) / seen

    def share(self, gram: int) -> float:
        """The share of reports expected to hold this word."""
        return self._shares.get(gram, self.unseen)

    def of(self, words: Iterable[int]) -> Iterable[float]:
        """Of many words at once, in their order: this is done for every report."""
        return map(self._shares.get, words, repeat(self.unseen))


_EVERYDAY: Final = frozenset(spelt(word) for said in EVERYDAY.split() for word in grams(said))
NONE: Final = Shares()


def probes(title: Iterable[int], words: Collection[int], shares: Shares) -> tuple[Probe, ...]:
    """`words`: of the whole report, those of the title too."""
    chosen: list[Probe] = []
    spent = 0.0
    for _, gram, share in sorted(_rated(frozenset(title), words, shares)):
        spent += min(BY_ONE_WORD, share * shares.stored)
        if len(chosen) == MOST or (chosen and spent > BUDGET):
            break
        chosen.append(Probe(gram, 1 / (1 + share * shares.stored)))
    return tuple(chosen)


def _rated(
    title: frozenset[int], words: Collection[int], shares: Shares
) -> list[tuple[float, int, float]]:
    return [
        (share * OF_TITLE if gram in title else share, gram, share)
        for gram, share in zip(words, shares.of(words), strict=True)
        if share <= COMMON or gram in title
    ]
