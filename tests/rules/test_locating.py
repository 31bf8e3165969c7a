"""定位: from choice and text to one county, or to a person (made-up province)."""

import pytest

from hotline.rules.locating import Located, locate
from hotline.rules.places import Gazetteer, Place
from tests.rules.atlas import TODAY, an_atlas

ATLAS = an_atlas()


def located(text: str, county: str | None = None, township: str | None = None) -> Located:
    return locate(ATLAS, chosen_county=county, chosen_township=township, text=text, on=TODAY)


@pytest.mark.parametrize(
    ("text", "county", "township"),
    [
        ("青河市有人烧垃圾", "900101", None),
        ("青河这边烧垃圾", "900101", None),
        ("清河市柳荫街道有臭味", "900101", "900101001"),
        ("青河柳荫那边有臭味", "900101", "900101001"),
        ("柳荫街道有臭味", "900101", "900101001"),
        ("东明州牛场镇有臭味", "900101", "900101100"),
        ("西山市牛场镇有臭味", "900201", "900201100"),
        ("安远县朝阳镇有臭味", "900102", "900102100"),
        ("北塘县的厂子", "900201", None),
        ("青河经开区的厂子", "900101", "900101Z1"),
        ("新月新区的厂子", "909901", None),
        ("我是西山人，现在青河市", "900101", None),
    ],
)
def test_one_county_in_the_text_is_found(text: str, county: str, township: str | None) -> None:
    found = located(text)
    assert (found.county, found.township, found.how, found.cause) == (county, township, "text", "")


@pytest.mark.parametrize(
    ("text", "cause", "candidates"),
    [
        ("有人烧垃圾", "place.none", ()),
        ("东明州有人烧垃圾", "place.none", ()),
        ("柳荫有臭味", "place.none", ()),
        ("青河市和石门县交界处", "place.several", ("900101", "900202")),
        ("牛场镇有臭味", "place.several", ("900101", "900201")),
        ("最北塘边上", "place.none", ()),
    ],
)
def test_what_the_text_leaves_open_goes_to_a_person(
    text: str, cause: str, candidates: tuple[str, ...]
) -> None:
    found = located(text)
    assert (found.county, found.how, found.cause) == (None, "none", cause)
    assert found.candidates == candidates


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("轻合市有人烧垃圾", "900101"),
        ("安元县有人烧垃圾", "900102"),
        ("背塘区的厂子", "900201"),
        ("我们实门那边有臭味", "900202"),
    ],
)
def test_a_misheard_name_is_known_by_its_sound(text: str, county: str) -> None:
    assert located(text).county == county


@pytest.mark.parametrize("text", ["轻合有人烧垃圾", "十门课的补习班", "在安源煤矿"])
def test_a_sound_alone_is_no_place(text: str) -> None:
    assert located(text).cause == "place.none"


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("我家在青河市，上游石门县的厂排污水", "900101"),
        ("怀疑是石门县的厂，臭味飘到青河市", "900101"),
        ("从北塘区拉来的废渣倒在青河市", "900101"),
        ("我是石门县人，现在住青河市，楼下很吵", "900101"),
        ("青河市的河变黑了，石门县那边排过来的", "900101"),
    ],
)
def test_the_place_that_suffers_is_the_place_of_the_report(text: str, county: str) -> None:
    found = located(text)
    assert found.county == county
    assert len(found.candidates) == 1


def test_a_place_that_is_denied_is_not_the_one() -> None:
    assert located("青河市的厂冒烟，不是石门县的").county == "900101"
    assert located("不是石门县，是青河市这边有人烧垃圾").county == "900101"
    assert located("那个厂不在石门县").cause == "place.none"
    assert located("是不是石门县的厂飘到青河市来的").county == "900101"


def test_a_border_between_two_places_goes_to_a_person_whatever_flows() -> None:
    assert located("青河市和上游石门县交界的河里有死猪").cause == "place.several"


def test_a_street_called_after_another_town_names_no_county() -> None:
    assert located("青河市石门大道的工地").county == "900101"
    assert located("石门路的工地").cause == "place.none"
    assert located("从石门路过闻到").county == "900202"


def test_what_was_chosen_wins_and_the_text_only_adds_the_township() -> None:
    found = located("柳荫那边有臭味", county="900101")
    assert found == Located("900101", "900101001", "chosen", "", (), ())


def test_a_text_that_names_only_another_county_is_noted_and_the_choice_stands() -> None:
    found = located("石门县的厂子", county="900101")
    assert (found.county, found.how, found.cause) == ("900101", "chosen", "place.conflict")
    assert found.candidates == ("900202",)
    assert found.heard == (("石门县", "900202"),)


def test_a_text_that_also_names_the_chosen_county_is_no_conflict() -> None:
    assert located("青河市和石门县交界", county="900101").cause == ""


def test_a_chosen_township_gives_its_county() -> None:
    found = located("", township="900102200")
    assert (found.county, found.township, found.how) == ("900102", "900102200", "chosen")


def test_a_township_chosen_outside_the_chosen_county_is_a_conflict() -> None:
    found = located("", county="900101", township="900102200")
    assert (found.county, found.township, found.cause) == ("900101", None, "place.conflict")


def test_a_former_code_is_led_to_the_division_that_handles_it_now() -> None:
    assert located("", county="900290").county == "900201"


def test_an_unknown_code_is_never_guessed_but_the_text_gives_candidates() -> None:
    found = located("青河市有臭味", county="123456")
    assert (found.county, found.how, found.cause) == (None, "none", "place.unknown_code")
    assert found.candidates == ("900101",)


def test_a_chosen_prefecture_narrows_what_the_text_says() -> None:
    assert located("牛场镇有臭味", county="900200").county == "900201"
    outside = located("青河市有臭味", county="900200")
    assert (outside.county, outside.cause) == (None, "place.conflict")
    assert located("有臭味", county="900200").cause == "place.none"


def test_a_long_hostile_text_is_read_in_one_pass() -> None:
    found = located("青河石门" * 5000)
    assert found.cause == "place.several"
    assert len(found.heard) == 2


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("离青河市十公里有个石场", None),
        ("青河火锅店的油烟", None),
        ("青河村的土路", None),
        ("双牛场镇的河", None),
        ("沿着柳荫街道路两边", None),
        ("石门县城边上", "900202"),
        ("西山市石门的厂", "900202"),
        ("归渡镇的河", "900102"),
        ("归度乡的河", "900102"),
        ("青禾柳荫的垃圾", "900101"),
        ("石门县牛场镇的河", "900202"),
        ("北塘县牛场镇的河", "900201"),
        ("新月新区朝阳镇的厂", "909901"),
        ("我在西山市，老家青河市", None),
        ("我老家青河市那边有厂冒烟，我在西山市", "900101"),
        ("去石门县旅游看见河黑了，我家在青河市", "900202"),
        ("我住青河市的，在路边看见垃圾", "900101"),
        ("石门县的烟，我们青河市天天闻到", "900101"),
        ("石门县跟青河市挨着的山上在开矿", "900202"),
        ("外河县柳荫街道的厂", None),
        ("我市柳荫街道的厂", "900101"),
        ("清何市柳荫镇的厂", "900101"),
        ("石闷县朝阳镇的厂", "900202"),
        ("我在石门县上班，家住青河市", "900101"),
        ("总公司在石门县，分厂在青河市", "900101"),
        ("公司叫青河能源，地方说不清", None),
        ("听说是青河市的厂，臭味到石门县了", "900202"),
        ("青河经开的厂", "900101"),
    ],
)
def test_a_name_is_read_by_the_company_it_keeps(text: str, county: str | None) -> None:
    assert located(text).county == county


def test_of_a_split_county_the_township_tells_which_heir_is_meant() -> None:
    day = TODAY.replace(year=2020)
    atlas = Gazetteer(
        [
            Place("1", "旧省", "province", ""),
            Place("11", "旧城县", "county", "1", (), None, day, "12"),
            Place("12", "新城区", "county", "1"),
            Place("13", "北山区", "county", "1"),
            Place("11100", "渡口镇", "township", "11", (), None, day, "13100"),
            Place("13100", "渡口镇", "township", "13"),
        ]
    )
    for text, county in (("旧城县渡口镇的厂", "13"), ("旧城县的厂", "12")):
        found = locate(atlas, chosen_county=None, chosen_township=None, text=text, on=TODAY)
        assert found.county == county
