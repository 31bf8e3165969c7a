"""A small linear model of what texts are about, learnt from decided ones; pure and repeatable.

One against the rest for each label: support vectors with squared hinge loss, by dual coordinate
descent (Hsieh et al. 2008), over words and pairs of characters weighted by rarity.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

COST: Final = 2.5
ROUNDS: Final = 20
SELDOM: Final = 2  # what stands in one text alone teaches nothing
STRIDE: Final = 7_919  # a prime: every round visits the texts in another order
TITLE_WORDS: Final = 10

Vector = tuple[tuple[int, ...], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """Labels with a weight for each feature; the last feature always stands."""

    columns: Mapping[str, int]
    rarity: Sequence[float]
    weights: Mapping[str, Sequence[float]]

    def label(self, features: Iterable[str]) -> str:
        """The likeliest label."""
        vector = _vector(features, self.columns, self.rarity)
        return max(self.weights, key=lambda label: _dot(self.weights[label], vector))


def features_of(words: Sequence[str], text: str = "") -> list[str]:
    """The words, those that open the text again, and pairs of characters, across words too."""
    run = text or "".join(words)
    pairs = (f"_{run[at : at + 2]}" for at in range(len(run) - 1))
    return [*words, *(f"^{word}" for word in words[:TITLE_WORDS]), *pairs]


def learnt(texts: Sequence[Sequence[str]], labels: Sequence[str]) -> Model:
    """From features and label of each text."""
    held = Counter(word for text in texts for word in set(text))
    kept = [word for word, count in held.items() if count >= SELDOM]
    columns = {word: at for at, word in enumerate(kept)}
    rarity = [1 + math.log((1 + len(texts)) / (1 + held[word])) for word in kept]
    vectors = [_vector(text, columns, rarity) for text in texts]
    weights = {
        label: _one_against_rest(vectors, [1.0 if own == label else -1.0 for own in labels], kept)
        for label in sorted(set(labels))
    }
    return Model(columns, rarity, weights)


def _vector(features: Iterable[str], columns: Mapping[str, int], rarity: Sequence[float]) -> Vector:
    """Of length one, with the feature that always stands behind it."""
    counts = Counter(columns[word] for word in features if word in columns)
    values = [(1 + math.log(count)) * rarity[at] for at, count in counts.items()]
    norm = math.sqrt(sum(value * value for value in values)) or 1.0
    return (*counts, len(rarity)), (*(value / norm for value in values), 1.0)


def _one_against_rest(
    vectors: Sequence[Vector], signs: Sequence[float], kept: Sequence[str]
) -> list[float]:
    weights = [0.0] * (len(kept) + 1)
    duals = [0.0] * len(vectors)
    squares = [sum(value * value for value in values) for _, values in vectors]
    slack = 1 / (2 * COST)
    for turn in range(ROUNDS):
        for step in range(len(vectors)):
            at = (step * STRIDE + turn) % len(vectors)
            sign, dual = signs[at], duals[at]
            slope = sign * _dot(weights, vectors[at]) - 1 + dual * slack
            duals[at] = max(0.0, dual - slope / (squares[at] + slack))
            if moved := (duals[at] - dual) * sign:
                for column, value in zip(*vectors[at], strict=True):
                    weights[column] += moved * value
    return weights


def _dot(weights: Sequence[float], vector: Vector) -> float:
    columns, values = vector
    return sum(weights[at] * value for at, value in zip(columns, values, strict=True))
