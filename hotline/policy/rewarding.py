"""奖励办法 from a pack's rows: versions and campaigns with their days, grades and switches."""

from datetime import date
from typing import Any

from hotline.errors import PolicyGap
from hotline.policy.merge import Content
from hotline.policy.topics import Topic, day
from hotline.rules.reward_scheme import RewardScheme, Tier

SWITCHES = (
    *("campaign", "cap_fen", "real_name_only", "needs_penalty", "insider_percent"),
    *("criminal_base", "daily_fines", "first_reporter_only", "excludes_media_exposed", "joint"),
    *("claim_days", "missing"),
)


def reward_schemes(topic: Topic) -> tuple[RewardScheme, ...]:
    """Every scheme of the topic. PolicyGap for a row that lacks its days or its title."""
    return tuple(_scheme(topic, row) for row in topic.rows("scheme"))


def _scheme(topic: Topic, row: Content) -> RewardScheme:
    first, last = _span(topic, row, "from"), _span(topic, row, "to")
    if first is None:
        raise PolicyGap(topic.jurisdiction, topic.name, f"from of {row.get('code')}")
    return RewardScheme(
        code=topic.need("code", row),
        title=topic.need("title", row),
        earliest_from=first[0],
        surely_from=first[1],
        surely_to=last[0] if last else None,
        latest_to=last[1] if last else None,
        tiers=tuple(_tier(topic, tier) for tier in row.get("tier", ())),
        insider_kinds=tuple(row.get("insider_kinds", ())),
        source=topic.need("source", row),
        mark=topic.need("mark", row),
        **{name: row[name] for name in SWITCHES if name in row},
    )


def _span(topic: Topic, row: Content, name: str) -> tuple[date, date] | None:
    """One day, or the first and last day it may have been."""
    said: Any = row.get(name)
    if said is None:
        return None
    first, last = said if isinstance(said, list) else (said, said)
    days = day(first), day(last)
    if days[0] is None or days[1] is None:
        raise PolicyGap(topic.jurisdiction, topic.name, f"{name} of {row.get('code')}")
    return days[0], days[1]


def _tier(topic: Topic, row: Content) -> Tier:
    return Tier(
        code=topic.need("code", row),
        name=topic.need("name", row),
        called=tuple(row.get("called", ())),
        min_fen=row.get("min_fen"),
        max_fen=row.get("max_fen"),
        percent_bp=round(row["percent"] * 100) if "percent" in row else None,
        at_most=row.get("at_most", False),
        by_penalty=row.get("by_penalty", False),
        missing=row.get("missing", ""),
    )
