"""Five jurisdictions by data alone: every pack as if it served; turning one on is one word."""

import re
import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hotline.policy.check import Checked, check
from hotline.policy.load import HERE, packs_on_disk, topics_of
from hotline.policy.pack import Pack, from_topics
from hotline.policy.routes import Matter, routed

FILES = packs_on_disk()
SERVING = {code: replace(pack, serves=bool(pack.parent)) for code, pack in FILES.items()}
WAITING = sorted(code for code in FILES if FILES[code].parent and not FILES[code].serves)
JILIN, JIANGXI, CHONGQING, GUIZHOU, QIANNAN = "220000", "360000", "500000", "520000", "522700"
PLAN = "《黔南州关于构建现代环境治理体系的实施方案》"


@cache
def pack_of(code: str) -> Pack:
    return from_topics(code, topics_of(SERVING, code))


def groups(code: str) -> list[dict[str, Any]]:
    """Groups of the pack's own file."""
    return list(FILES[code].topics["departments"].content["group"])


AS_IF_SERVING = check(SERVING)
AS_DELIVERED = check(FILES)


def gaps(checked: Checked, code: str) -> list[str]:
    return [f"{gap.topic}: {gap.text}" for gap in checked.gaps if gap.pack == code]


def test_every_pack_holds_together_as_if_it_served() -> None:
    assert WAITING == [JILIN, JIANGXI, CHONGQING]
    found = [f"{one.pack} {one.topic}: {one.text}" for one in AS_IF_SERVING.faults]
    assert found == []


@pytest.mark.parametrize("code", WAITING)
def test_turning_one_on_is_one_word(tmp_path: Path, code: str) -> None:
    for part in ("packs", "calendars"):
        shutil.copytree(HERE / part, tmp_path / part)
    [file] = (tmp_path / "packs").glob(f"{code}-*/identity.toml")
    text = file.read_text("utf-8")
    assert text.count("serves = false") == 1
    file.write_text(text.replace("serves = false", "serves = true"), "utf-8")
    on_disk = packs_on_disk(tmp_path)
    assert on_disk[code].serves
    assert check(on_disk).faults == ()
    assert from_topics(code, topics_of(on_disk, code)).tenant == code


@pytest.mark.parametrize("code", sorted(SERVING)[1:])
def test_what_nobody_told_is_named_in_every_pack(code: str) -> None:
    told = gaps(AS_IF_SERVING, code)
    for term in ("consult", "help", "complain"):
        assert f"clocks: order_12345_{term}: no term" in told
    assert any(gap.startswith("routing: noise.social") for gap in told) == (code != QIANNAN)
    assert any(gap.startswith("identity: unknown: ") for gap in told)


@pytest.mark.parametrize(
    ("code", "gap"),
    [
        (JILIN, "reward: unknown: amounts"),
        (JILIN, "identity: unknown: own holidays of 延边"),
        (JIANGXI, "reward: unknown: claim_days"),
        (CHONGQING, "reward: unknown: 2022: the 8 kinds"),
        (CHONGQING, "identity: unknown: the 实施方案 is read from a damaged copy"),
        (GUIZHOU, "departments: unknown: which department of each city"),
        (QIANNAN, "identity: unknown: 举报奖励"),
    ],
)
def test_a_files_own_gaps_are_printed(code: str, gap: str) -> None:
    assert any(line.startswith(gap) for line in gaps(AS_DELIVERED, code))


@pytest.mark.parametrize("code", sorted(SERVING)[1:])
def test_no_jurisdiction_borrows_a_name_or_a_prefix(code: str) -> None:
    packs = [pack_of(one) for one in sorted(SERVING)[1:]]
    assert len({pack.prefix for pack in packs}) == len({pack.name for pack in packs}) == 5
    pack = pack_of(code)
    assert pack.hotline == "12345"
    assert pack.identity.historical_hotlines == ("12369",)
    assert pack.hotline in pack.texts["privacy_notice"]


@pytest.mark.parametrize("code", WAITING)
def test_every_county_and_zone_of_the_three_has_an_environment_desk_and_a_government(
    code: str,
) -> None:
    pack = pack_of(code)
    for county in pack.gazetteer.counties():
        got = routed(pack, Matter(("air.odour",), county.code)).lead
        assert got == f"{county.code}.environment", county.name
        if county.level == "county":
            assert pack.department(f"{county.code}.government").mark == "V"


@pytest.mark.parametrize(
    ("code", "county", "kind", "lead"),
    [
        (JIANGXI, "360102", "air.odour", "南昌市东湖区生态环境局"),
        (JIANGXI, "360102", "water.river", "东湖区水利局"),
        (JIANGXI, "360000Z1", "air.odour", "赣江新区生态环境部门"),
        (JILIN, "222401", "air.odour", "延边州生态环境局延吉分局"),
        (JILIN, "220104", "ecology.forest", "朝阳区林业和草原局"),
        (JILIN, "220100Z1", "water.river", "长春市水利局"),
        (JILIN, "220000Z1", "ecology.forest", "吉林省林业和草原局"),
        (CHONGQING, "500101", "air.odour", "重庆市万州区生态环境局"),
        (CHONGQING, "500157", "air.odour", "重庆市生态环境局两江新区分局"),
        (CHONGQING, "500101", "solid.household", "万州区城市管理局"),
    ],
)
def test_a_kind_goes_to_the_places_own_body(code: str, county: str, kind: str, lead: str) -> None:
    pack = pack_of(code)
    assert pack.department(routed(pack, Matter((kind,), county)).lead or "").name == lead


@pytest.mark.parametrize("code", WAITING)
@pytest.mark.parametrize("kind", ["noise.social", "noise.construction", "air.cooking"])
def test_what_the_law_leaves_to_a_place_waits_for_a_person(code: str, kind: str) -> None:
    pack = pack_of(code)
    answers = {
        routed(pack, Matter((kind,), place.code)).lead for place in pack.gazetteer.counties()
    }
    assert answers == {None}


@pytest.mark.parametrize("code", WAITING)
def test_a_usual_name_is_not_passed_off_as_the_documents(code: str) -> None:
    for one in pack_of(code).departments:
        if one.mark == "V":
            assert one.duty in ("environment", "development", "government"), one.name
        elif one.mark == "K":
            assert (
                "not from" in one.source
                or "not seen" in one.source
                or "no department" in (one.source)
            ), one.name


def test_six_bodies_of_the_province_accept_separately() -> None:
    row = next(one for one in groups(JILIN) if one["code"] == "JL13")
    pack = pack_of(JILIN)
    named = [pack.department(code) for code in row["departments"]]
    assert [one.duty for one in named] == [
        *("environment", "natural_resources", "housing", "water", "agriculture", "forestry")
    ]
    assert all(one.desk for one in named)
    changchun = "220104"
    answers = (routed(pack, Matter((kind,), changchun)) for kind in row["kinds"])
    assert {one.lead for one in answers} == {f"{changchun}.{one.duty}" for one in named}


# Bracketed groups a paragraph of the plan has, as counted in it; the last closes the document.
PARAGRAPHS = {
    **dict.fromkeys(
        [*"一二四五八", *("十二", "十三", "十四", "十九", "二十"), "二十一", "二十二"], 1
    ),
    **dict.fromkeys([*"三七九十", "十五", "十六", "十七", "二十三"], 2),
    **dict.fromkeys(["十八", "二十四", "二十五"], 3),
    **{"六": 5, "十一": 4, "二十六": 1, "closing paragraph": 1},
}
# How often a body stands in the brackets.
NAMED = {
    **{"environment": 34, "development": 19, "industry": 9, "housing": 8, "finance": 6},
    **{"water": 5, "natural_resources": 5, "market": 4, "data": 4},
}


def test_all_48_groups_of_the_plan_are_there_with_their_paragraph() -> None:
    rows = groups(QIANNAN)
    assert len(rows) == sum(PARAGRAPHS.values()) == 48
    counted: dict[str, int] = {}
    for row in rows:
        paragraph = re.sub(r"[()]", "", str(row["source"]).removeprefix(PLAN)).strip()
        counted[paragraph] = counted.get(paragraph, 0) + 1
    assert counted == PARAGRAPHS
    said = [str(code) for row in rows for code in row["departments"]]
    assert {duty: said.count(f"{QIANNAN}.{duty}") for duty in NAMED} == NAMED
    assert sum("counties" in row for row in rows) == 10


def test_whoever_the_plan_names_for_a_kind_leads_it_or_assists() -> None:
    pack = pack_of(QIANNAN)
    for row in groups(QIANNAN):
        named = {str(one).rpartition(".")[2] for one in row["departments"]}
        for kind in row.get("kinds", ()):
            got = routed(pack, Matter((kind,), "522701"))
            called = {str(one).rpartition(".")[2] for one in (got.lead, *got.co)}
            assert called & named, (row["code"], kind)


def test_every_body_of_the_plan_stands_in_a_group() -> None:
    said = {code for row in groups(QIANNAN) for code in row["departments"]}
    own = {str(one["code"]) for one in FILES[QIANNAN].topics["departments"].content["department"]}
    assert own - said == {f"{QIANNAN}.ecology_committee"}  # named outside the brackets


def test_the_prefectures_own_days_are_off_there_and_nowhere_else() -> None:
    days = [date(2024, 5, 15), date(2024, 7, 11), date(2024, 8, 8), date(2024, 8, 9)]
    assert not any(pack_of(QIANNAN).calendar.is_working(day) for day in days)
    assert all(pack_of(GUIZHOU).calendar.is_working(day) for day in days)
    assert not pack_of(QIANNAN).calendar.is_working(date(2024, 10, 1))


def test_a_group_that_names_nobody_known_is_a_fault() -> None:
    for old, new in (("522700.data", "522700.date"), ("solid.household", "solid.hausehold")):
        rows = [
            {key: _swapped(value, old, new) for key, value in row.items()}
            for row in groups(QIANNAN)
        ]
        topic = FILES[QIANNAN].topics["departments"]
        broken = replace(topic, content={**topic.content, "group": rows})
        pack = replace(FILES[QIANNAN], topics={**FILES[QIANNAN].topics, "departments": broken})
        found = check({**FILES, QIANNAN: pack}).faults
        assert any(f"{new} unknown" in one.text for one in found)


def _swapped(value: object, old: str, new: str) -> object:
    return [new if one == old else one for one in value] if isinstance(value, list) else value
