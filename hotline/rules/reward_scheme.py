"""奖励办法: one reward scheme as a pack tells it; what was not found is None, never 0."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tier:
    """One grade 档: a fixed sum, a range, or a share of the fine. Sums in fen (分)."""

    code: str
    name: str
    called: tuple[str, ...] = ()  # other words an officer may use for it
    min_fen: int | None = None
    max_fen: int | None = None
    percent_bp: int | None = None  # basis points of the fine: 400 is 4 %
    at_most: bool = False  # 不超过: the percentage is an upper bound, not the sum
    by_penalty: bool = False  # stands by itself once a penalty is decided
    missing: str = ""  # what no source says of this grade: it blocks


@dataclass(frozen=True, slots=True)
class RewardScheme:
    """One version of one jurisdiction, or a campaign laid over it. A day not seen is a span."""

    code: str
    title: str
    earliest_from: date
    surely_from: date
    surely_to: date | None  # the last day it is known to hold; None: open
    latest_to: date | None
    tiers: tuple[Tier, ...]
    campaign: bool = False
    cap_fen: int | None = None
    real_name_only: bool = False
    needs_penalty: bool = False
    insider_percent: int | None = None  # 200: twice the standard, within the cap
    insider_kinds: tuple[str, ...] = ()  # of these matters alone
    criminal_base: Literal["", "statutory_max"] = ""  # 移送司法 without a fine
    daily_fines: Literal["", "once"] = ""  # 按日连续处罚
    first_reporter_only: bool | None = None
    excludes_media_exposed: bool | None = None
    joint: Literal["", "share", "equal"] = ""  # 联名: one sum for all
    claim_days: int | None = None  # 领取期限 from the day it was told
    missing: str = ""  # what is not known at all: it blocks every reward
    source: str = ""
    mark: str = ""

    def surely_holds(self, day: date) -> bool:
        return self.surely_from <= day and (self.surely_to is None or day <= self.surely_to)

    def may_hold(self, day: date) -> bool:
        return self.earliest_from <= day and (self.latest_to is None or day <= self.latest_to)

    def tier(self, said: str) -> Tier | None:
        """By code, name, another word for it, or its place in the list: 1, 2, 3."""
        for place, tier in enumerate(self.tiers, start=1):
            if said in {tier.code, tier.name, str(place), *tier.called}:
                return tier
        return None


def scheme_for(
    schemes: Sequence[RewardScheme], reported_on: date, campaign: str
) -> RewardScheme | None:
    """The one scheme that surely holds on the day of the report; None when that is not known."""
    asked = [one for one in schemes if one.campaign == bool(campaign)]
    if campaign and campaign not in {"true", "1"}:
        asked = [one for one in asked if campaign in {one.code, one.title}]
    possible = [one for one in asked if one.may_hold(reported_on)]
    if len(possible) == 1 and possible[0].surely_holds(reported_on):
        return possible[0]
    return None


def scheme_called(schemes: Sequence[RewardScheme], code: str) -> RewardScheme | None:
    """The one that a case was counted by; None when the packs know it no more."""
    return next((one for one in schemes if one.code == code), None)
