"""Rewards to the fen: the schemes the packs ship, and what holds whatever the facts are."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.rewarding import reward_schemes
from hotline.policy.topics import Topic
from hotline.rules.reward import Facts, Penalty, Reward, compute, shares
from hotline.rules.reward_scheme import RewardScheme, Tier

PACKS: Final = packs_on_disk()
TODAY: Final = date(2026, 3, 9)
TRUE: Final = "属实"


def schemes(jurisdiction: str) -> tuple[RewardScheme, ...]:
    return reward_schemes(
        Topic(jurisdiction, "reward", topics_of(PACKS, jurisdiction).get("reward", {}))
    )


def of(jurisdiction: str, facts: Facts, on: date = TODAY) -> Reward:
    return compute(schemes(jurisdiction), facts, on)


def fined(yuan: int, **more: int) -> Penalty:
    return Penalty(fine_fen=yuan * 100, on=TODAY, **more)


def yuan(reward: Reward) -> tuple[float, float]:
    assert reward.min_fen is not None
    assert reward.max_fen is not None
    return reward.min_fen / 100, reward.max_fen / 100


@pytest.mark.parametrize("jurisdiction", ["520000", "522700"])
@pytest.mark.parametrize("tier", ["一般", "general", "1"])
def test_guizhou_pays_100_yuan_in_its_first_grade_and_the_prefecture_inherits_it(
    jurisdiction: str, tier: str
) -> None:
    found = of(jurisdiction, Facts(tier=tier, finding=TRUE))
    assert (found.status, found.sum_fen) == ("sum", 10_000)


@pytest.mark.parametrize(
    ("tier", "low", "high"), [("2", 200, 1000), ("3", 1000, 5000), ("4", 5000, 10_000)]
)
def test_guizhou_leaves_the_other_grades_to_an_officer(tier: str, low: int, high: int) -> None:
    found = of("520000", Facts(tier=tier, finding=TRUE))
    assert found.status == "range"
    assert found.sum_fen is None
    assert yuan(found) == (low, high)


def test_a_grade_nobody_named_blocks() -> None:
    assert of("520000", Facts(finding=TRUE)).missing == ("tier",)
    assert of("520000", Facts(finding=TRUE, tier="七档")).status == "blocked"


def test_the_month_a_version_began_in_without_a_known_day_is_a_gap() -> None:
    facts = Facts(tier="1", finding=TRUE)
    assert of("520000", facts, date(2020, 9, 15)).missing == ("version.day_unknown",)
    assert of("520000", facts, date(2020, 8, 31)).missing == ("version.none",)
    assert of("520000", facts, date(2020, 10, 1)).status == "sum"


def test_what_was_not_found_true_earns_nothing_and_an_open_finding_blocks() -> None:
    assert of("520000", Facts(tier="1", finding="不属实")).sum_fen == 0
    assert of("520000", Facts(tier="1")).missing == ("finding",)


def test_a_question_the_scheme_does_not_answer_blocks_only_when_it_arises() -> None:
    facts = Facts(tier="1", finding=TRUE)
    again = of("520000", replace(facts, earlier_rewarded=True))
    assert again.missing == ("first_reporter_only",)
    exposed = of("520000", replace(facts, first_public_at=date(2026, 3, 1)))
    assert exposed.missing == ("excludes_media_exposed",)
    later = of("520000", replace(facts, first_public_at=date(2026, 4, 1)))
    assert later.status == "sum"


def test_joint_reporters_share_one_sum_to_the_fen() -> None:
    found = of("520000", Facts(tier="1", finding=TRUE, joint_reporters=3))
    assert found.sum_fen == 10_000
    assert found.missing == ("joint",)
    assert shares(10_000, 3) == (3334, 3333, 3333)


@pytest.mark.parametrize(("grade", "percent"), [("一级", 4), ("二级", 3), ("三级", 2)])
def test_jiangxi_pays_at_most_a_share_of_the_fine(grade: str, percent: int) -> None:
    found = of("360000", Facts(tier=grade, finding=TRUE, penalty=fined(100_000)))
    assert found.status == "range"
    assert yuan(found) == (0, 1000 * percent)


def test_jiangxi_doubles_an_insiders_share_inside_the_cap() -> None:
    facts = Facts(kind="重大", tier="一级", finding=TRUE, insider=True, penalty=fined(1_000_000))
    assert yuan(of("360000", facts))[1] == 80_000
    assert yuan(of("360000", replace(facts, penalty=fined(5_000_000))))[1] == 200_000
    assert yuan(of("360000", replace(facts, kind="一般")))[1] == 40_000


def test_jiangxi_takes_the_highest_lawful_fine_when_a_crime_was_handed_over() -> None:
    facts = Facts(tier="二级", finding=TRUE, criminal_transfer=True, statutory_max_fen=10**8)
    assert yuan(of("360000", facts))[1] == 30_000
    missing = of("360000", replace(facts, statutory_max_fen=None)).missing
    assert missing == ("statutory_max_fen",)


def test_chongqing_2022_pays_500_yuan_where_the_officer_names_the_kind() -> None:
    facts = Facts(tier="10类", finding=TRUE, penalty=fined(20_000), real_name=True)
    on = date(2023, 5, 4)
    assert of("500000", facts, on).sum_fen == 50_000
    assert of("500000", replace(facts, real_name=False), on).sum_fen == 0
    assert of("500000", replace(facts, penalty=None), on).missing == ("penalty",)
    assert of("500000", replace(facts, tier="其余八类"), on).missing == ("tier.sum",)


@pytest.mark.parametrize(
    ("tier", "low", "high"), [("一档", 100, 500), ("二档", 200, 10_000), ("三档", 0, 30_000)]
)
def test_chongqings_campaign_is_laid_over_its_scheme_for_its_days(
    tier: str, low: int, high: int
) -> None:
    facts = Facts(tier=tier, finding=TRUE, real_name=True, campaign="true")
    found = of("500000", facts, date(2024, 9, 2))
    assert (found.status, yuan(found)) == ("range", (low, high))
    assert of("500000", facts, date(2024, 8, 7)).missing == ("version.none",)


def test_chongqing_2025_pays_five_percent_of_the_fine() -> None:
    found = of("500000", Facts(finding=TRUE, penalty=fined(123_456)))
    assert (found.status, found.sum_fen) == ("sum", 617_280)


@pytest.mark.parametrize(
    ("on", "tier", "missing"),
    [
        (date(2021, 6, 1), "", "scheme.amounts"),
        (date(2025, 6, 1), "500", "tier.which_kind_pays_which"),
        (date(2025, 6, 1), "突发环境事件", "tier.event_steps"),
        (date(2025, 1, 15), "10类", "version.day_unknown"),
        (date(2020, 6, 1), "", "version.day_unknown"),
    ],
)
def test_what_no_source_says_of_chongqing_is_a_gap(on: date, tier: str, missing: str) -> None:
    found = of("500000", Facts(tier=tier, finding=TRUE, real_name=True), on)
    assert found.status == "blocked"
    assert missing in found.missing


def test_jilin_is_blocked_with_its_gap_named() -> None:
    found = of("220000", Facts(tier="一级", finding=TRUE, penalty=fined(100_000)))
    assert (found.status, found.sum_fen) == ("blocked", None)
    assert found.missing == ("scheme.amounts",)


SCHEME = RewardScheme(
    code="made-up",
    title="虚构办法",
    earliest_from=date(2020, 1, 1),
    surely_from=date(2020, 1, 1),
    surely_to=None,
    latest_to=None,
    cap_fen=200_000,
    insider_percent=200,
    first_reporter_only=True,
    excludes_media_exposed=True,
    daily_fines="once",
    tiers=(
        Tier("share", "按比例", percent_bp=500),
        Tier("up_to", "不超过", percent_bp=400, at_most=True),
        Tier("fixed", "定额", min_fen=50_000, max_fen=50_000),
        Tier("range", "幅度", min_fen=10_000, max_fen=90_000),
    ),
)


def test_daily_continued_fines_count_once() -> None:
    facts = Facts(tier="share", finding=TRUE, penalty=fined(10_000, daily_fen=90_000_00))
    assert compute([SCHEME], facts, TODAY).sum_fen == 50_000


def test_a_share_is_rounded_down_to_the_fen() -> None:
    facts = Facts(tier="share", finding=TRUE, penalty=Penalty(fine_fen=1_999))
    assert compute([SCHEME], facts, TODAY).sum_fen == 99


def test_what_the_insider_line_says_is_marked_as_telling_who_reported() -> None:
    facts = Facts(tier="fixed", finding=TRUE, insider=True)
    found = compute([SCHEME], facts, TODAY)
    assert found.sum_fen == 100_000
    assert [line.rule for line in found.lines if line.identity] == ["insider"]


def test_somebody_else_was_first_or_the_press_was() -> None:
    first = Facts(tier="fixed", finding=TRUE, earlier_rewarded=True)
    press = Facts(tier="fixed", finding=TRUE, first_public_at=date(2026, 1, 1))
    assert [compute([SCHEME], one, TODAY).sum_fen for one in (first, press)] == [0, 0]


SAID: Final = st.builds(
    Facts,
    tier=st.sampled_from(["share", "up_to", "fixed", "range", "", "other"]),
    finding=st.sampled_from([TRUE, "不属实", ""]),
    penalty=st.none()
    | st.builds(Penalty, fine_fen=st.none() | st.integers(0, 10**12), daily_fen=st.integers(0, 9)),
    insider=st.booleans(),
    real_name=st.none() | st.booleans(),
    joint_reporters=st.integers(1, 9),
    earlier_rewarded=st.booleans(),
    criminal_transfer=st.booleans(),
    statutory_max_fen=st.none() | st.integers(0, 10**12),
)


@settings(max_examples=400, deadline=None)
@given(SAID)
def test_no_facts_lead_above_the_cap_below_nothing_or_to_a_guess(facts: Facts) -> None:
    found = compute([SCHEME], facts, TODAY)
    if found.status == "blocked":
        assert found.missing
        assert found.sum_fen is None
        assert found.max_fen is None
        return
    assert found.min_fen is not None
    assert found.max_fen is not None
    assert 0 <= found.min_fen <= found.max_fen <= 200_000
    assert (found.status == "sum") == (found.min_fen == found.max_fen)
    parts = shares(found.max_fen, facts.joint_reporters)
    assert sum(parts) == found.max_fen
    assert max(parts) - min(parts) <= 1
