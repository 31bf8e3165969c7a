"""按位置定位: words and a point, together and against one another (made-up squares)."""

import pytest

from hotline.rules.boundaries import Boundaries, Boundary
from hotline.rules.coordinates import Point, metres
from hotline.rules.locating import Located, locate
from hotline.rules.pointing import pointed, rounded
from tests.rules.atlas import TODAY, an_atlas

ATLAS = an_atlas()


def a_square(code: str, west: float) -> Boundary:
    ring = [(west, 0.0), (west + 1, 0.0), (west + 1, 1.0), (west, 1.0), (west, 0.0)]
    return Boundary(code, ([ring],))


# 青河市 in the west, 石门县 in the east, and the outline of the former 北塘县 beyond
MAP = Boundaries([a_square("900101", 0), a_square("900202", 1), a_square("900290", 2)])
QINGHE, SHIMEN, BEITANG = Point(0.5, 0.5), Point(1.5, 0.5), Point(2.5, 0.5)
AT_THE_BORDER = Point(0.9995, 0.5)  # fifty metres inside 青河市


def located(text: str, point: Point | None, county: str | None = None) -> Located:
    named = locate(ATLAS, chosen_county=county, chosen_township=None, text=text, on=TODAY)
    return pointed(named, ATLAS, MAP, point, TODAY)


def test_without_words_the_point_tells_the_county() -> None:
    found = located("有人烧垃圾", QINGHE)
    assert (found.county, found.how, found.cause) == ("900101", "point", "")


def test_the_outline_of_a_former_county_leads_to_its_heir() -> None:
    assert located("有人烧垃圾", BEITANG).county == "900201"


def test_of_several_counties_the_point_tells_which() -> None:
    found = located("牛场镇有臭味", QINGHE)
    assert (found.county, found.how, found.candidates) == ("900101", "point", ("900201",))


@pytest.mark.parametrize(
    ("text", "county"), [("青河市有臭味", None), ("有臭味", "900101"), ("青河市和石门县交界", None)]
)
def test_words_and_a_point_that_agree_stand(text: str, county: str | None) -> None:
    assert located(text, QINGHE, county).county == "900101"


@pytest.mark.parametrize(("text", "county"), [("青河市有臭味", None), ("有臭味", "900101")])
def test_where_they_disagree_a_person_decides(text: str, county: str | None) -> None:
    found = located(text, SHIMEN, county)
    assert (found.county, found.how, found.cause) == (None, "none", "place.conflict")
    assert found.candidates == ("900101", "900202")


def test_a_point_far_outside_every_outline_disagrees_too() -> None:
    assert located("青河市有臭味", Point(9.0, 9.0)).cause == "place.conflict"


@pytest.mark.parametrize("accuracy", [None, 10.0, 300.0])
def test_a_point_just_over_the_border_of_the_named_county_is_no_conflict(
    accuracy: float | None,
) -> None:
    over = Point(1.001, 0.5, accuracy)  # about a hundred metres
    assert located("青河市有臭味", over).county == "900101"


def test_a_vague_point_is_no_conflict_within_its_accuracy() -> None:
    assert located("青河市有臭味", Point(1.05, 0.5, 6000)).county == "900101"
    assert located("青河市有臭味", Point(1.05, 0.5, 3000)).cause == "place.conflict"


def test_a_point_by_itself_too_near_a_border_is_asked_about() -> None:
    found = located("有臭味", AT_THE_BORDER)
    assert (found.county, found.cause, found.candidates) == (None, "place.none", ("900101",))
    sure = Point(AT_THE_BORDER.longitude, AT_THE_BORDER.latitude, 10)
    assert located("有臭味", sure).county == "900101"


def test_a_zone_whose_outline_nobody_gave_is_believed() -> None:
    assert located("新月新区的厂子", QINGHE).county == "909901"


@pytest.mark.parametrize("text", ["青河市有臭味", "有臭味", "牛场镇有臭味"])
def test_without_a_point_or_without_outlines_nothing_changes(text: str) -> None:
    named = locate(ATLAS, chosen_county=None, chosen_township=None, text=text, on=TODAY)
    assert pointed(named, ATLAS, MAP, None, TODAY) == named
    assert pointed(named, ATLAS, Boundaries(), QINGHE, TODAY) == named


def test_what_a_desk_sees_is_a_square_and_says_how_far_off() -> None:
    home = Point(107.518642, 26.258447, 12.0)
    seen = rounded(home)
    assert (seen.longitude, seen.latitude) == (107.519, 26.258)
    assert seen.accuracy_m is not None
    assert metres(home, seen) <= seen.accuracy_m
    assert rounded(Point(107.5, 26.2)).accuracy_m is None
