"""Points in polygons of our own."""

from math import inf

import pytest

from hotline.rules.boundaries import Boundaries, Boundary, packed, unpacked
from hotline.rules.coordinates import Point

WEST = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
EAST = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
HOLE = [(0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6), (0.4, 0.4)]
MAP = Boundaries([Boundary("west", ([WEST, HOLE],)), Boundary("east", ([EAST],))])


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (0.2, 0.2, "west"),
        (1.5, 0.5, "east"),
        (0.5, 0.5, None),
        (0.5, 1.5, None),
        (-0.1, 0.5, None),
        (2.05, 0.95, None),
        (float("1e9"), 0.5, None),
    ],
)
def test_a_point_lies_in_one_division_or_in_none(
    longitude: float, latitude: float, code: str | None
) -> None:
    assert MAP.at(longitude, latitude) == code


def test_a_point_on_the_common_border_lies_in_one_of_the_two() -> None:
    assert MAP.at(1.0, 0.5) in {"west", "east"}


def test_a_packed_outline_comes_back_to_the_decimetre() -> None:
    ring = [(107.1234567, 26.7654321), (108.0, 26.0), (108.0, 27.0), (107.1234567, 26.7654321)]
    back = unpacked("1", packed([[ring, HOLE]]))
    assert back.code == "1"
    assert back.polygons[0][0][0] == (107.123457, 26.765432)
    assert len(back.polygons[0]) == 2


def test_how_far_it_is_to_a_border_from_within_and_from_without() -> None:
    assert MAP.metres_to_border("east", Point(1.5, 0.999)) == pytest.approx(111, abs=1)
    assert MAP.metres_to_border("east", Point(0.999, 0.5)) == pytest.approx(111, abs=1)
    assert MAP.metres_to_border("west", Point(0.5, 0.5)) == pytest.approx(11_120, abs=20)
    assert MAP.metres_to_border("nowhere", Point(0.5, 0.5)) == inf
    assert "east" in MAP
    assert len(MAP) == 2
