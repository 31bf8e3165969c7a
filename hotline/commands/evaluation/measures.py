"""Precision, recall and F1, weighted, by label, and how far chance may carry a share."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LIKELY: Final = 1.96  # of a normal distribution: 95 of 100


@dataclass(slots=True)
class Tally:
    """Right and wrong answers of one kind; a sampled answer stands for `weight` of its like."""

    right: float = 0.0
    wrong: float = 0.0
    missed: float = 0.0

    def add(self, *, said: bool, true: bool, weight: float = 1.0) -> None:
        self.right += weight * (said and true)
        self.wrong += weight * (said and not true)
        self.missed += weight * (true and not said)

    @property
    def precision(self) -> float:
        return share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    def figures(self) -> dict[str, float]:
        return {
            "precision": rounded(self.precision),
            "recall": rounded(self.recall),
            "f1": rounded(self.f1),
        }


@dataclass(frozen=True, slots=True)
class Scored:
    """One judged pair: the score of the rule, the truth, and for how many like it it stands."""

    score: float
    true: bool
    weight: float


def recall_at(precision: float, pairs: Sequence[Scored]) -> float:
    """The best recall of any threshold at which so many of those said are right."""
    best, tally = 0.0, Tally(missed=sum(pair.weight for pair in pairs if pair.true))
    ordered = sorted(pairs, key=lambda pair: -pair.score)
    for at, pair in enumerate(ordered):
        tally.right += pair.weight * pair.true
        tally.wrong += pair.weight * (not pair.true)
        tally.missed -= pair.weight * pair.true
        last = at + 1 == len(ordered) or ordered[at + 1].score < pair.score
        if last and tally.precision >= precision:
            best = max(best, tally.recall)
    return best


def interval(share_of: float, n: int) -> tuple[float, float]:
    """Wilson's: between which shares the true one lies in 95 cases of 100."""
    if not n:
        return 0.0, 1.0
    square = LIKELY**2
    middle = (share_of + square / (2 * n)) / (1 + square / n)
    spread = LIKELY * math.sqrt(share_of * (1 - share_of) / n + square / (4 * n * n))
    half = spread / (1 + square / n)
    return rounded(max(0.0, middle - half)), rounded(min(1.0, middle + half))


def mean(values: Iterable[float]) -> float:
    known = list(values)
    return share(sum(known), len(known))


def share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def rounded(value: float) -> float:
    return round(value, 4)
