"""按位置定位: what a position adds to the words; where the two disagree, a person decides."""

from dataclasses import replace
from datetime import date
from math import hypot
from typing import Final

from hotline.rules.boundaries import Boundaries
from hotline.rules.coordinates import Point
from hotline.rules.locating import Located
from hotline.rules.places import Gazetteer

TOLERANCE_M: Final = 200.0  # borders are drawn by hand, and simplified
UNTOLD_M: Final = 100.0  # how far off a position may be that does not say
DECIMALS: Final = 3  # of a degree: about a hundred metres
ROUNDING_M: Final = 75.0  # how far the middle of such a square is from its corner


def pointed(
    located: Located, gazetteer: Gazetteer, boundaries: Boundaries, point: Point | None, on: date
) -> Located:
    """The place by words or by choice, and by the point where the words leave it open."""
    drawn = boundaries.at(point.longitude, point.latitude) if point else None
    there = gazetteer.county_of(gazetteer.current(drawn, on)) if drawn else None
    if point is None or (there is None and located.county is None):
        return located
    if located.county:
        if there == located.county or _may_lie_there(located.county, gazetteer, boundaries, point):
            return located
        return _conflict(located, there)
    if located.cause == "place.several" and there in located.candidates:
        return _found(located, there)
    if located.cause == "place.none" and drawn:
        sure = boundaries.metres_to_border(drawn, point) > _off(point)
        return _found(located, there) if sure else replace(located, candidates=_codes(there))
    return _conflict(located, there)


def rounded(point: Point) -> Point:
    """As a desk and the look-alikes see it: the square it lies in, no single house."""
    off = None if point.accuracy_m is None else hypot(point.accuracy_m, ROUNDING_M)
    return Point(round(point.longitude, DECIMALS), round(point.latitude, DECIMALS), off)


def _may_lie_there(county: str, gazetteer: Gazetteer, boundaries: Boundaries, point: Point) -> bool:
    """Within its accuracy of the county named; of a zone nobody knows the outline."""
    named = gazetteer.get(county)
    drawn = boundaries.at(point.longitude, point.latitude)
    border_of = county if county in boundaries else drawn
    if border_of is None or (named and named.level == "zone" and county not in boundaries):
        return True
    return boundaries.metres_to_border(border_of, point) <= _off(point) + TOLERANCE_M


def _off(point: Point) -> float:
    return UNTOLD_M if point.accuracy_m is None else point.accuracy_m


def _found(located: Located, county: str | None) -> Located:
    others = tuple(code for code in located.candidates if code != county)
    return replace(located, county=county, how="point", cause="", candidates=others)


def _conflict(located: Located, there: str | None) -> Located:
    return replace(
        located,
        county=None,
        township=None,
        how="none",
        cause="place.conflict",
        candidates=_codes(*located.candidates, located.county, there),
    )


def _codes(*codes: str | None) -> tuple[str, ...]:
    return tuple(sorted({code for code in codes if code}))
