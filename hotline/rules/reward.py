"""奖励: from the facts of a matter and one scheme to a sum, a range, or what is still missing.

Whole fen throughout, rounded down. Nothing unknown becomes a number: a scheme that does not say
blocks, and says what is missing (domain trap 9: percentages are upper bounds, daily fines count
once, insiders are raised inside the cap, joint reporters share one sum).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from hotline.rules.reward_scheme import RewardScheme, Tier, scheme_for

WHOLE: Final = 10_000  # basis points
TRUE: Final = frozenset({"true", "mostly", "partly", "属实", "基本属实", "部分属实"})
UNTRUE: Final = frozenset({"unfounded", "不属实"})


@dataclass(frozen=True, slots=True)
class Penalty:
    """行政处罚决定: the first fine, its day, and what daily continued fines added."""

    fine_fen: int | None = None
    on: date | None = None
    daily_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What an officer has established about one matter; None and "" are unknown."""

    kind: str = ""
    tier: str = ""
    finding: str = ""
    penalty: Penalty | None = None
    criminal_transfer: bool = False
    statutory_max_fen: int | None = None
    insider: bool = False
    real_name: bool | None = None
    joint_reporters: int = 1
    earlier_rewarded: bool = False
    first_public_at: date | None = None
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the computation. `identity`: only for those who may see who reported."""

    rule: str
    values: tuple[tuple[str, object], ...] = ()
    identity: bool = False


@dataclass(frozen=True, slots=True)
class Reward:
    """What is due: a sum (min = max), a range to be decided with a reason, or blocked."""

    version: str
    status: Literal["sum", "range", "blocked"]
    min_fen: int | None
    max_fen: int | None
    lines: tuple[Line, ...]
    missing: tuple[str, ...]

    @property
    def sum_fen(self) -> int | None:
        return self.max_fen if self.status == "sum" else None


class _Count:
    """One computation under way: its lines, and what it lacks."""

    def __init__(self, scheme: RewardScheme, facts: Facts, reported_on: date) -> None:
        self.scheme, self.facts, self.reported_on = scheme, facts, reported_on
        self.lines: list[Line] = []
        self.missing: list[str] = []
        self.blocked = False

    def say(self, rule: str, *, identity: bool = False, **values: object) -> None:
        self.lines.append(Line(rule, tuple(values.items()), identity))

    def lack(self, what: str) -> None:
        self.missing.append(what)
        self.blocked = True

    def result(self, low: int, high: int) -> Reward:
        status: Literal["sum", "range"] = "sum" if low == high else "range"
        return Reward(self.scheme.code, status, low, high, tuple(self.lines), tuple(self.missing))

    def stopped(self) -> Reward:
        return Reward(
            self.scheme.code, "blocked", None, None, tuple(self.lines), tuple(self.missing)
        )


def compute(schemes: Sequence[RewardScheme], facts: Facts, reported_on: date) -> Reward:
    """The reward of one matter by the scheme in force on the day it was registered."""
    scheme = scheme_for(schemes, reported_on, facts.campaign)
    if scheme is None:
        missing = _no_scheme(schemes, reported_on, facts.campaign)
        return Reward("", "blocked", None, None, (), (missing,))
    count = _Count(scheme, facts, reported_on)
    count.say("scheme", title=scheme.title, source=scheme.source)
    if scheme.missing:
        count.lack(scheme.missing)
        return count.stopped()
    if excluded := _excluded(count):
        count.say(f"excluded.{excluded}")
        return count.result(0, 0)
    return _counted(count)


def shares(total_fen: int, reporters: int) -> tuple[int, ...]:
    """联名: one sum for all, to the fen; those who signed first take what does not divide."""
    each, left = divmod(total_fen, reporters)
    return tuple(each + (place < left) for place in range(reporters))


def _no_scheme(schemes: Sequence[RewardScheme], reported_on: date, campaign: str) -> str:
    possible = [one for one in schemes if one.may_hold(reported_on)]
    if any(one.campaign == bool(campaign) for one in possible):
        return "version.day_unknown"  # the day one version followed another was not seen
    return "version.none"


def _excluded(count: _Count) -> str:
    """Why nothing is due; "" when something may be. What is not known blocks."""
    facts, scheme = count.facts, count.scheme
    if facts.finding in UNTRUE:
        return "unfounded"
    if facts.finding not in TRUE:
        count.lack("finding")
    if scheme.real_name_only and facts.real_name is None:
        count.lack("real_name")
    elif scheme.real_name_only and not facts.real_name:
        return "real_name"
    if scheme.needs_penalty and facts.penalty is None and not facts.criminal_transfer:
        count.lack("penalty")
    return _known_before(count)


def _known_before(count: _Count) -> str:
    """Somebody else was first: another reporter, or the press."""
    facts, scheme = count.facts, count.scheme
    if facts.earlier_rewarded and scheme.first_reporter_only is None:
        count.lack("first_reporter_only")
    elif facts.earlier_rewarded and scheme.first_reporter_only:
        return "earlier_rewarded"
    if facts.first_public_at is not None and facts.first_public_at < count.reported_on:
        if scheme.excludes_media_exposed is None:
            count.lack("excludes_media_exposed")
        elif scheme.excludes_media_exposed:
            return "media_exposed"
    return ""


def _counted(count: _Count) -> Reward:
    tier = _tier(count)
    bounds = _bounds(count, tier) if tier and not count.blocked else None
    if bounds is None or count.blocked:
        return count.stopped()
    low, high = _capped(count, *_raised(count, *bounds))
    if count.facts.joint_reporters > 1:
        count.say("joint", identity=True, reporters=count.facts.joint_reporters)
        if not count.scheme.joint:
            count.missing.append("joint")  # the sum stands, how it is divided does not
    return count.result(low, high)


def _tier(count: _Count) -> Tier | None:
    facts, scheme = count.facts, count.scheme
    said = scheme.tier(facts.tier) if facts.tier else scheme.tier(facts.kind)
    if said is None and not facts.tier and facts.penalty is not None:
        said = next((tier for tier in scheme.tiers if tier.by_penalty), None)
    if said is None:
        count.lack("tier")
        return None
    count.say("tier", name=said.name)
    if said.missing:
        count.lack(said.missing)
    return said


def _bounds(count: _Count, tier: Tier) -> tuple[int, int] | None:
    if tier.percent_bp is None:
        if tier.max_fen is None:
            count.lack("tier.sum")
            return None
        low = tier.max_fen if tier.min_fen is None and not tier.at_most else tier.min_fen or 0
        count.say("fixed" if low == tier.max_fen else "range", low=low, high=tier.max_fen)
        return low, tier.max_fen
    base = _base(count)
    if base is None:
        return None
    high = base * tier.percent_bp // WHOLE
    low = tier.min_fen or 0 if tier.at_most else high
    count.say("at_most" if tier.at_most else "percent", percent_bp=tier.percent_bp, fen=high)
    return min(low, high), high


def _base(count: _Count) -> int | None:
    """What the percentage is taken of."""
    facts, scheme = count.facts, count.scheme
    if facts.penalty is not None and facts.penalty.fine_fen is not None:
        return _fine(count, facts.penalty, facts.penalty.fine_fen)
    if not facts.criminal_transfer:
        count.lack("penalty.fine_fen")
    elif not scheme.criminal_base:
        count.lack("criminal_base")
    elif facts.statutory_max_fen is None:
        count.lack("statutory_max_fen")
    else:
        count.say("base.statutory_max", fen=facts.statutory_max_fen)
        return facts.statutory_max_fen
    return None


def _fine(count: _Count, penalty: Penalty, fine_fen: int) -> int | None:
    count.say("base.fine", fen=fine_fen)
    if penalty.daily_fen:
        if not count.scheme.daily_fines:
            count.lack("daily_fines")
            return None
        count.say("base.daily_once", fen=penalty.daily_fen)
    return fine_fen


def _raised(count: _Count, low: int, high: int) -> tuple[int, int]:
    """知情人: the standard is raised; which matters it holds for must be established."""
    facts, scheme = count.facts, count.scheme
    if not facts.insider or scheme.insider_percent is None:
        return low, high
    if facts.kind and scheme.insider_kinds and facts.kind not in scheme.insider_kinds:
        count.say("insider.not_this_kind", identity=True)
        return low, high
    if scheme.insider_kinds and not facts.kind:
        count.missing.append("kind")  # the raised end holds for the graver matters alone
    count.say("insider", identity=True, percent=scheme.insider_percent)
    raised = high * scheme.insider_percent // 100
    return (raised if low == high else low), raised


def _capped(count: _Count, low: int, high: int) -> tuple[int, int]:
    cap = count.scheme.cap_fen
    if cap is None or high <= cap:
        return low, high
    count.say("cap", fen=cap)
    return min(low, cap), cap
