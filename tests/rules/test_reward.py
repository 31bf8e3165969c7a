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
