"""行政区划: how places lie in one another and what they are called (made-up province)."""

from datetime import date

import pytest

from hotline.rules.places import Gazetteer, Place
from tests.rules.atlas import PLACES, TODAY, an_atlas

ATLAS = an_atlas()


def test_a_township_lies_in_its_county_prefecture_and_province() -> None:
    path = [place.code for place in ATLAS.path("900101001")]
    assert path == ["900000", "900100", "900101", "900101001"]


def test_a_label_reads_as_people_write_it_without_the_province() -> None:
    assert ATLAS.label("900101001") == "东明州青河市柳荫街道"
    assert ATLAS.label("900102200") == "东明州安远县归渡水族乡"
    assert ATLAS.label("900000") == "示例省"


def test_a_misspelling_of_the_same_length_is_never_shown() -> None:
    assert "清河" not in ATLAS.label("900101")


@pytest.mark.parametrize(
    ("code", "county"),
    [
        ("900101001", "900101"),
        ("900101Z1", "900101"),
        ("909901", "909901"),
        ("900101", "900101"),
        ("900100", None),
        ("no such code", None),
    ],
)
def test_every_place_knows_its_county_and_a_free_zone_is_its_own(
    code: str, county: str | None
) -> None:
    assert ATLAS.county_of(code) == county


def test_children_are_those_that_stand_today_in_order_of_code() -> None:
    assert [place.name for place in ATLAS.children("900200")] == ["北塘区", "石门县"]
    assert ATLAS.children("900101001") == []


def test_counties_are_the_standing_ones_and_the_free_zone() -> None:
    codes = {place.code for place in ATLAS.counties()}
    assert codes == {"900101", "900102", "900201", "900202", "909901"}


def test_a_former_division_leads_to_its_successor_only_after_its_end() -> None:
    assert ATLAS.current("900290", TODAY) == "900201"
    assert ATLAS.current("900290", date(2018, 12, 31)) == "900290"
    assert ATLAS.current("no such code", TODAY) == "no such code"


def test_divisions_that_succeed_one_another_in_a_circle_do_not_hang() -> None:
    ended = date(2000, 1, 1)
    circle = [
        Place("1", "甲县", "county", "", (), None, ended, "2"),
        Place("2", "乙县", "county", "", (), None, ended, "1"),
    ]
    assert Gazetteer(circle).current("1", TODAY) in {"1", "2"}


def test_parents_in_a_circle_do_not_hang() -> None:
    circle = Gazetteer([Place("1", "甲县", "county", "2"), Place("2", "乙市", "prefecture", "1")])
    assert {place.code for place in circle.path("1")} == {"1", "2"}


def test_a_township_is_also_known_without_its_ending() -> None:
    assert ATLAS.stems["归渡"] == ("900102200",)
    assert ATLAS.stems["柳荫"] == ("900101001",)


def test_the_gazetteer_holds_every_place_once() -> None:
    assert len(ATLAS) == len(PLACES) == len(list(ATLAS))
