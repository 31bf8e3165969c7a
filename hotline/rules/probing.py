"""By which words to look for reports like this one: the seldom ones, those of the title first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.rules.normalise import bigrams
from hotline.rules.rarity import Rarity
from hotline.rules.sounds import heard

MOST: Final = 160  # half of them stand in no other report, which no sample can know
# What all look-ups together may bring back: with it the cost stays flat as the table grows.
BUDGET: Final = 800
BY_ONE_WORD: Final = 200
OF_TITLE: Final = 0.2  # a word of the title is taken as if it were five times as rare
COMMON: Final = 0.03  # in more than three of a hundred reports: only if the title says it


@dataclass(frozen=True, slots=True)
class Probe:
    """One word to look up, and how much it counts where it is found."""

    word: str
    weight: float


def probes(title: str, words: Iterable[str], rarity: Rarity) -> tuple[Probe, ...]:
    """`words`: every pair of characters of the report."""
    of_title = frozenset(bigrams(title))
    chosen: list[Probe] = []
    spent = 0.0
    for _, word, share in sorted(_rated(of_title, words, rarity)):
        spent += min(BY_ONE_WORD, share * rarity.stored)
        if len(chosen) == MOST or (chosen and spent > BUDGET):
            break
        chosen.append(Probe(word, rarity.weight(heard(word))))
    return tuple(chosen)


def _rated(
    of_title: frozenset[str], words: Iterable[str], rarity: Rarity
) -> Iterable[tuple[float, str, float]]:
    for word in words:
        share = rarity.share(word)
        if word in of_title:
            yield share * OF_TITLE, word, share
        elif share <= COMMON:
            yield share, word, share
