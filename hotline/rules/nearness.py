"""远近: do two stated positions mean one spot, as far as their accuracies tell?"""

from typing import Final

from hotline.rules.coordinates import Point, metres
from hotline.rules.pointing import UNTOLD_M

ROUGH_M: Final = 1_000.0  # positions that may be off by more, both together, mean no spot
FAR_M: Final = 2_000.0  # beyond what both may be off


def near(one: Point | None, other: Point | None) -> bool | None:
    """Within what both may be off; None where that is too much to say, or lies between."""
    if one is None or other is None:
        return None
    between, off = metres(one, other), _off(one) + _off(other)
    if between >= off + FAR_M:
        return False
    return True if between <= off <= ROUGH_M else None


def point_of(longitude: float | None, latitude: float | None, off: float | None) -> Point | None:
    """As it is stored beside a report."""
    if longitude is None or latitude is None:
        return None
    return Point(longitude, latitude, off)


def _off(point: Point) -> float:
    return UNTOLD_M if point.accuracy_m is None else point.accuracy_m
