"""A small linear model of what texts are about, learnt from decided ones; pure and repeatable.

One against the rest for each label: support vectors with squared hinge loss, by dual coordinate
descent (Hsieh et al. 2008), over words and pairs of characters weighted by rarity.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul
from typing import Any, Final

COST: Final = 2.5
ROUNDS: Final = 30
CLOSE: Final = 0.02  # a round that moved nothing further than this was the last
SELDOM: Final = 2  # what stands in one text alone teaches nothing
STRIDES: Final = (7_919, 7_907)  # primes: every round visits the texts in another order
TITLE_WORDS: Final = 10

Vector = tuple[tuple[int, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """A decided text. Texts that are nearly the same share a `group`; `weight`: how sure it is."""

    features: Sequence[str]
    labels: frozenset[str]
    group: int = -1
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """Which features a model may hold: of texts of so many groups, the commonest so many."""

    seldom: int = SELDOM
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Model:
    """Labels with a weight for each feature; the last feature always stands."""

    columns: Mapping[str, int]
    rarity: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def label(self, features: Iterable[str]) -> str:
        """The likeliest label."""
        margins = self.margins(features)
        return max(margins, key=lambda label: margins[label])

    def margins(self, features: Iterable[str]) -> dict[str, float]:
        """How far on its side of the line each label is."""
        columns, values = _vector(features, self.columns, self.rarity)
        pick = _picker(columns)
        return {label: _dot(pick(row), values) for label, row in self.weights.items()}


def features_of(words: Sequence[str], text: str = "") -> list[str]:
    """The words, those that open the text again, and pairs of characters, across words too."""
    run = text or "".join(words)
    pairs = (f"_{run[at : at + 2]}" for at in range(len(run) - 1))
    return [*words, *(f"^{word}" for word in words[:TITLE_WORDS]), *pairs]


def learnt(examples: Sequence[Example], kept: Kept | None = None) -> Model:
    """Every label of the examples against the rest."""
    columns, rarity = _columns(examples, kept or Kept())
    vectors = [_vector(one.features, columns, rarity) for one in examples]
    task = _Task(vectors, [1 / (2 * COST * one.weight) for one in examples])
    labels = sorted({label for one in examples for label in one.labels})
    weights = {
        label: task.solved([1.0 if label in one.labels else -1.0 for one in examples], len(rarity))
        for label in labels
    }
    return Model(columns, rarity, weights)


def _columns(examples: Sequence[Example], kept: Kept) -> tuple[dict[str, int], list[float]]:
    """Nearly the same texts count once: what one person sent ten times is no common word."""
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for at, one in enumerate(examples):
        for word in set(one.features):
            seen[word].add(one.group if one.group >= 0 else -1 - at)
    held = Counter({word: len(groups) for word, groups in seen.items()})
    words = [word for word, count in held.most_common(kept.most) if count >= kept.seldom]
    rarity = [1 + math.log((1 + len(examples)) / (1 + held[word])) for word in words]
    return {word: at for at, word in enumerate(words)}, rarity


def _vector(features: Iterable[str], columns: Mapping[str, int], rarity: Sequence[float]) -> Vector:
    """Of length one, with the feature that always stands behind it."""
    counts = Counter(columns[word] for word in features if word in columns)
    values = [(1 + math.log(count)) * rarity[at] for at, count in counts.items()]
    norm = math.sqrt(sum(value * value for value in values)) or 1.0
    return (*counts, len(rarity)), (*(value / norm for value in values), 1.0)


class _Task:
    """The texts of one training, and how far each may be on the wrong side."""

    def __init__(self, vectors: Sequence[Vector], slacks: Sequence[float]) -> None:
        self._values = [values for _, values in vectors]
        self._columns = [columns for columns, _ in vectors]
        self._pick = [_picker(columns) for columns in self._columns]
        self._slacks = slacks
        self._steps = [
            sum(value * value for value in values) + slack
            for values, slack in zip(self._values, slacks, strict=True)
        ]

    def solved(self, signs: Sequence[float], features: int) -> list[float]:
        """The weights of one label."""
        weights, duals = [0.0] * (features + 1), [0.0] * len(signs)
        stride = next(prime for prime in STRIDES if len(signs) % prime)
        for turn in range(ROUNDS):
            order = ((step * stride + turn) % len(signs) for step in range(len(signs)))
            moved = [self._move(at, signs[at], weights, duals) for at in order]
            if max(moved) < CLOSE:
                break
        return weights

    def _move(self, at: int, sign: float, weights: list[float], duals: list[float]) -> float:
        """One text to where it costs least; how far from there it was."""
        dual, values = duals[at], self._values[at]
        slope = sign * _dot(self._pick[at](weights), values) - 1 + dual * self._slacks[at]
        duals[at] = max(0.0, dual - slope / self._steps[at])
        if moved := (duals[at] - dual) * sign:
            for column, value in zip(self._columns[at], values, strict=True):
                weights[column] += moved * value
            return abs(slope)
        return 0.0


def _picker(columns: tuple[int, ...]) -> Any:
    """From a row of weights those of the columns, fast."""
    return itemgetter(*columns) if len(columns) > 1 else lambda row: (row[columns[0]],)


def _dot(some: Iterable[float], others: Iterable[float]) -> float:
    found: float = sum(map(mul, some, others))
    return found
