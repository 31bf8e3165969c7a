"""权重: how much each likeness says for two reports being one matter.

The weights are those of a logistic function, fitted by penalised maximum likelihood and a smoothed
cost of what is missed and what is wrong about a precision of .95, each sign held to its meaning, on
judged pairs of public messages, weighted by stratum, and on the pairs that touch complete topics,
each topic weighing alike; likenesses and penalty were chosen with whole topics left out
(docs/decisions). Weights of township, landmark, target, point and kind were set by hand: those
messages have none.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each likeness says, on the scale of a logistic function."""

    bias: float = -2.74
    heads: float = 2.74
    told: float = 4.94
    title_told: float = 4.1
    problems: float = 2.61
    first_problems: float = 1.72
    own_case: float = -5.34
    other_names: float = -0.49
    missing: float = -0.23
    rare: float = 0.54
    sender_rare: float = 0.71  # on top of it
    length: float = -0.46
    gap: float = -0.02  # per natural logarithm of days
    same_county: float = 0.76
    other_county: float = -0.71
    same_township: float = 0.6
    other_township: float = -1.0
    near: float = 1.0
    far: float = -1.5
    landmark: float = 1.5
    target: float = 2.0
    same_kind: float = 0.3
    other_kind: float = -1.0
    suggest: float = 0.5
    related: float = 5.0  # a name shared that weighs so much is the same place, project or firm
    # A report of fewer words joins another sender's only where the very spot is the same.
    fewest_words: int = 12
    alike: float = 0.6  # from here two landmarks or targets are one
    long_ago: float = 95.0  # days


DEFAULT: Final = Weights()
