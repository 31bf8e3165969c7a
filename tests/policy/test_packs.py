"""The packs that are delivered: what they say, place by place and row by row."""

from datetime import UTC, date, datetime

import pytest

from hotline.errors import PolicyGap
from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics, serving_pack
from hotline.policy.routes import Matter, routed
from hotline.rules.clocks import Unit, due
from hotline.rules.locating import locate

FILES = packs_on_disk()
PACKS = {code: from_topics(code, topics_of(FILES, code)) for code in FILES if FILES[code].serves}
PROVINCE, PREFECTURE = PACKS["520000"], PACKS["522700"]
TODAY = date(2026, 6, 1)


def county_in(text: str, pack: Pack = PROVINCE) -> str | None:
    found = locate(pack.gazetteer, chosen_county=None, chosen_township=None, text=text, on=TODAY)
    return found.county


def lead(kind: str, pack: Pack = PREFECTURE, county: str = "522701") -> str | None:
    return routed(pack, Matter((kind,), county)).lead


def test_the_province_has_all_its_prefectures_counties_and_the_new_zone() -> None:
    places = list(PROVINCE.gazetteer)
    standing = [place for place in places if place.valid_to is None]
    assert len([p for p in standing if p.level == "prefecture"]) == 9
    assert len([p for p in standing if p.level == "county"]) == 88
    assert PROVINCE.gazetteer.get("529901") is not None


def test_no_abolished_township_of_the_source_came_in() -> None:
    townships = [place for place in PROVINCE.gazetteer if place.level == "township"]
    assert len(townships) == 1513
    assert [place.name for place in townships if "撤销" in place.name] == []


def test_the_prefecture_has_its_twelve_counties() -> None:
    names = {place.name for place in PREFECTURE.gazetteer.children("522700")}
    assert len(names) == 12
    assert {"都匀市", "福泉市", "三都水族自治县"} <= names


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("都匀市小围寨街道有臭味", "522701"),
        ("都匀剑江河边", "522701"),
        ("都云市剑江河边", "522701"),
        ("翁安县的磷化工厂", "522725"),
        ("瓮安银盏镇", "522725"),
        ("三都县普安镇", "522732"),
        ("贵定昌明镇", "522723"),
        ("黔南州牛场镇的砖厂", "522702"),
        ("福泉马场坪街道", "522702"),
        ("遵义县的厂子", "520304"),
        ("贵阳市南明区花果园街道", "520102"),
        ("贵安新区有工地", "529901"),
    ],
)
def test_people_name_their_county_in_many_ways(text: str, county: str) -> None:
    assert county_in(text) == county
    assert county_in(text, PREFECTURE) == county


@pytest.mark.parametrize(
    "text", ["优惠水费", "成都云海", "人群大都云集", "水龙里没有水", "有人乱扔垃圾"]
)
def test_words_that_only_hold_a_places_name_are_no_place(text: str) -> None:
    assert county_in(text) is None


def test_labels_read_as_people_write_them() -> None:
    label = PREFECTURE.gazetteer.label
    assert label("522701008") == "黔南州都匀市小围寨街道"
    assert label("522732102") == "黔南州三都县普安镇"


def test_the_most_specific_serving_pack_handles_a_county() -> None:
    assert serving_pack(PACKS, "522701") == "522700"
    assert serving_pack(PACKS, "520102") == "520000"
    assert serving_pack(PACKS, "529901") == "520000"
    with pytest.raises(PolicyGap):
        serving_pack(PACKS, "110101")


def test_both_packs_belong_to_one_tenant_and_have_prefixes_of_their_own() -> None:
    assert {pack.tenant for pack in PACKS.values()} == {"520000"}
    assert (PROVINCE.prefix, PREFECTURE.prefix) == ("GZ", "QN")
    assert PREFECTURE.hotline == "12345"
    assert PREFECTURE.identity.historical_hotlines == ("12369",)


def test_every_county_has_its_environment_desk() -> None:
    for pack in PACKS.values():
        for county in pack.gazetteer.counties():
            assert lead("air.odour", pack, county.code) == f"{county.code}.environment"


@pytest.mark.parametrize(
    ("kind", "owner"),
    [
        ("air.odour", "522701.environment"),
        ("air.site_dust", "522701.housing"),
        ("water.industrial", "522701.environment"),
        ("water.livestock", "522701.environment"),
        ("water.river", "522701.water"),
        ("noise.construction", "522701.housing"),
        ("noise.vehicle", "522701.police"),
        ("solid.household", "522701.housing"),
        ("solid.industrial", "522701.environment"),
        ("ecology.forest", "522701.forestry"),
        ("ecology.mining", "522701.natural_resources"),
        ("radiation.em", "522701.environment"),
        ("manage.permit", "522701.environment"),
    ],
)
def test_the_prefecture_gives_each_kind_to_its_owner(kind: str, owner: str) -> None:
    assert lead(kind) == owner


@pytest.mark.parametrize("kind", ["noise", "air.burning"])
def test_what_no_source_designates_goes_to_a_person(kind: str) -> None:
    assert lead(kind) is None


@pytest.mark.parametrize("kind", ["noise.social", "air.cooking", "noise.construction"])
def test_a_designation_beyond_the_plan_says_so(kind: str) -> None:
    row = next(rule for rule in PREFECTURE.routing if rule.kind == kind)
    assert row.local_designation
    assert row.mark == "K"
    assert "NOT FROM" in row.source


def test_without_a_local_table_social_noise_of_the_province_goes_to_a_person() -> None:
    assert lead("noise.social", PROVINCE, "520102") is None


def test_police_never_lead_against_street_noise() -> None:
    rows = [rule for rule in PREFECTURE.routing if rule.kind == "noise.social"]
    assert [rule.lead for rule in rows] == ["urban_management"]


def test_the_terms_are_those_of_the_sources_and_no_12345_term_is_borrowed() -> None:
    terms = {scheme.code: scheme for scheme in PREFECTURE.schemes}
    assert {code: (term.count, term.unit, term.extendable) for code, term in terms.items()} == {
        "notice": (15, Unit.CALENDAR_DAY, 0),
        "forward_receipt": (15, Unit.CALENDAR_DAY, 0),
        "interim": (90, Unit.CALENDAR_DAY, 90),
        "review_right": (30, Unit.CALENDAR_DAY, 0),
        "recheck_right": (30, Unit.CALENDAR_DAY, 0),
        "review": (30, Unit.CALENDAR_DAY, 0),
        "handling": (60, Unit.CALENDAR_DAY, 30),
        "objection": (5, Unit.WORKING_DAY, 0),
    }


def test_the_announced_holidays_are_counted() -> None:
    objection = next(term for term in PREFECTURE.schemes if term.code == "objection")
    sent = datetime(2026, 9, 29, 2, 0, tzinfo=UTC)
    # 30 September, 8-10 October (Saturday the 10th is worked for), 12 October
    assert due(objection, sent, PREFECTURE.calendar).on == date(2026, 10, 12)
    assert PREFECTURE.calendar.known_years == {2024, 2025, 2026}


def test_every_reason_for_refusing_says_where_to_go() -> None:
    reasons = PREFECTURE.acceptance.reasons
    assert {"other_authority", "legal_route", "discipline", "repeat", "unclear"} <= {
        reason.code for reason in reasons
    }
    assert all(reason.refer_to and reason.text for reason in reasons)


def test_the_privacy_notice_has_a_version_and_names_the_hotline() -> None:
    assert PREFECTURE.privacy_notice_version
    assert "12345" in PREFECTURE.texts["privacy_notice"]
    assert "{" not in "".join(PREFECTURE.texts.values())


def test_the_root_alone_is_no_jurisdiction() -> None:
    with pytest.raises(PolicyGap):
        from_topics("000000", topics_of(FILES, "000000"))
