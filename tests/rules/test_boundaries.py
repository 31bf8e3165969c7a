"""Points in polygons of our own."""

import pytest

from hotline.rules.boundaries import Boundaries, Boundary

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
