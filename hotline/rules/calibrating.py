"""校准: from how far a model's answer is on its side of the line to how often such answers hold.

A sigmoid fitted to answers on texts the model had not seen (Platt 1999, as Lin et al. 2007).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

STEPS: Final = 50
RIDGE: Final = 1e-9
STILL: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Curve:
    """Confidence = 1 / (1 + exp(slope × margin + shift))."""

    slope: float
    shift: float

    def confidence(self, margin: float) -> float:
        """Between 0 and 1."""
        power = max(-700.0, min(700.0, self.slope * margin + self.shift))
        return 1 / (1 + math.exp(power))


def fitted(margins: Sequence[float], held: Sequence[bool]) -> Curve:
    """Newton's method; the counts of right and wrong pull a few answers away from certainty."""
    right, wrong = sum(held), len(held) - sum(held)
    aims = [(right + 1) / (right + 2) if yes else 1 / (wrong + 2) for yes in held]
    curve = Curve(0.0, math.log((wrong + 1) / (right + 1)))
    for _ in range(STEPS):
        step = _step(curve, margins, aims)
        curve = _shortened(curve, step, margins, aims)
        if abs(step[0]) + abs(step[1]) < STILL:
            break
    return curve


def _step(curve: Curve, margins: Sequence[float], aims: Sequence[float]) -> tuple[float, float]:
    """Where the sum of the errors falls fastest."""
    h11, h22, h21, g1, g2 = RIDGE, RIDGE, 0.0, 0.0, 0.0
    for margin, aim in zip(margins, aims, strict=True):
        said = curve.confidence(margin)
        bend, miss = said * (1 - said), aim - said
        h11 += margin * margin * bend
        h22 += bend
        h21 += margin * bend
        g1 += margin * miss
        g2 += miss
    size = h11 * h22 - h21 * h21
    return -(h22 * g1 - h21 * g2) / size, -(h11 * g2 - h21 * g1) / size


def _shortened(
    curve: Curve, step: tuple[float, float], margins: Sequence[float], aims: Sequence[float]
) -> Curve:
    """The step, halved until the errors are no more than before."""
    before, length = _errors(curve, margins, aims), 1.0
    while length > RIDGE:
        tried = Curve(curve.slope + length * step[0], curve.shift + length * step[1])
        if _errors(tried, margins, aims) <= before:
            return tried
        length /= 2
    return curve


def _errors(curve: Curve, margins: Sequence[float], aims: Sequence[float]) -> float:
    total = 0.0
    for margin, aim in zip(margins, aims, strict=True):
        power = curve.slope * margin + curve.shift
        total += aim * power + max(-power, 0.0) + math.log1p(math.exp(-abs(power)))
    return total
