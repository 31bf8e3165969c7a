"""Two positions, as far as their accuracies tell. All made up."""

import pytest

from hotline.rules.coordinates import Point
from hotline.rules.nearness import near, point_of

HERE = Point(107.5, 26.25, 50)


@pytest.mark.parametrize(
    ("latitude", "accuracy", "said"),
    [
        (26.2504, 50, True),  # 44 m
        (26.252, 50, None),  # 222 m: neither
        (26.252, 300, True),
        (26.27, 50, False),  # 2.2 km
        (26.27, 3000, None),  # may well be there
        (26.2504, 3000, None),  # and may well not
        (26.2504, None, True),  # a hundred metres, where nothing is said
    ],
)
def test_a_position_is_no_surer_than_it_says(
    latitude: float, accuracy: float | None, said: bool | None
) -> None:
    there = Point(107.5, latitude, accuracy)
    assert near(HERE, there) is said
    assert near(there, HERE) is said


def test_without_a_position_nothing_is_said() -> None:
    assert near(HERE, None) is None
    assert point_of(107.5, None, 50) is None
    assert point_of(107.5, 26.25, 50) == HERE
