"""When one kind at one place is hot, and of what place a report speaks."""

import pytest

from hotline.rules.hot import DAYS, FEWEST, Spot, is_hot, is_one_matter, spot_of, spots


@pytest.mark.parametrize(
    ("lately", "days", "hot"),
    [
        (FEWEST - 1, [], False),  # a handful is decided one by one
        (FEWEST, [], True),  # where nothing is usual
        (FEWEST, [5000], True),  # one storm makes no storm usual
        (59, [20] * DAYS, False),  # a busy place is busy every day
        (60, [20] * DAYS, True),
        (60, [20] * (DAYS // 2 - 1), True),  # quiet days count too
    ],
)
def test_hot_is_far_over_what_a_usual_day_brings(lately: int, days: list[int], hot: bool) -> None:
    assert is_hot(lately, days) is hot


@pytest.mark.parametrize(
    ("of_largest", "lately", "one"),
    [(10, 10, True), (34, 100, True), (33, 100, False), (2, 3, False)],
)
def test_where_many_work_at_night_none_of_them_is_the_matter(
    of_largest: int, lately: int, one: bool
) -> None:
    assert is_one_matter(of_largest, lately) is one


def test_a_report_counts_in_its_township_and_in_its_county() -> None:
    found = spots("52", "522701", "522701008", ["air.odour", "water"])
    assert {(one.township, one.kind) for one in found} == {
        (place, kind) for place in ("522701008", None) for kind in ("air.odour", "water")
    }
    assert spots("52", None, None, ["air.odour"]) == ()


def test_a_report_is_looked_at_as_closely_as_it_tells_the_place() -> None:
    assert spot_of("52", "522701", "t", ["air", "water"]) == Spot("52", "522701", "t", "air")
    assert spot_of("52", "522701", None, ["air"]) == Spot("52", "522701", None, "air")
    assert spot_of("52", "522701", "t", []) is None
