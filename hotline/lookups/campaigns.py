"""专项行动: campaigns with their funnel, the orders of one, and the labels of an order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.names import Named, kind_names, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.numbering import asked
from hotline.rules.reward_scheme import scheme_called
from hotline.rules.terms import OrderStage

MOST: Final = 100
PAGE: Final = 50
FUNNEL: Final = """
count(o.id) AS orders, count(o.id) FILTER (WHERE o.signed_at IS NOT NULL) AS signed,
  count(o.id) FILTER (WHERE o.answered_at IS NOT NULL) AS answered,
  count(o.id) FILTER (WHERE o.finding IN ('true', 'mostly', 'partly')) AS verified,
  count(o.id) FILTER (WHERE o.stage = 'closed_interim') AS interim,
  count(o.id) FILTER (WHERE o.stage = 'closed') AS closed,
  count(o.id) FILTER (WHERE o.closed_at IS NULL AND o.next_due_at < $3) AS overdue,
  count(o.id) FILTER (WHERE EXISTS (SELECT FROM referral r WHERE r.tenant_id = o.tenant_id
    AND r.order_id = o.id AND r.sent_at IS NOT NULL)) AS referred
"""
CAMPAIGNS: Final = """
SELECT p.number, p.name, p.source, p.kinds, p.from_on, p.to_on, p.jurisdiction, p.reward, {funnel}
FROM campaign p
LEFT JOIN campaign_order c ON c.tenant_id = p.tenant_id AND c.campaign_id = p.id
  AND c.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id{own}
WHERE p.tenant_id = $1 AND p.jurisdiction = ANY($2) {which}
GROUP BY p.id, p.number, p.name, p.source, p.kinds, p.from_on, p.to_on, p.jurisdiction, p.reward
ORDER BY p.to_on DESC, p.number LIMIT {most}
"""
ORDERS: Final = """
SELECT o.number, o.stage, o.county, o.township, o.kinds, o.next_due_at, o.jurisdiction
FROM campaign p JOIN campaign_order c ON c.tenant_id = p.tenant_id AND c.campaign_id = p.id
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
WHERE p.tenant_id = $1 AND p.number = $2 AND c.to_at IS NULL AND o.jurisdiction = ANY($3){own}
ORDER BY o.next_due_at NULLS LAST, o.opened_at LIMIT $4 OFFSET $5
"""
LABELS: Final = """
SELECT p.number, p.name, p.from_on, p.to_on FROM campaign_order c
JOIN campaign p ON p.tenant_id = c.tenant_id AND p.id = c.campaign_id
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
WHERE c.tenant_id = $1 AND o.number = $2 AND c.to_at IS NULL ORDER BY p.from_on
"""
COUNTED: Final = (
    *("orders", "signed", "answered", "verified"),
    *("interim", "closed", "overdue", "referred"),
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign with what became of its orders."""

    number: str
    name: str
    source: str
    kinds: tuple[Named, ...]
    from_on: date
    to_on: date
    runs: bool
    reward: str  # the title of the reward scheme laid over it
    funnel: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CampaignOrderRow:
    """One order under it."""

    number: str
    stage: OrderStage
    place: str
    kinds: tuple[Named, ...]
    left: Left | None


@dataclass(frozen=True, slots=True)
class Label:
    """What an order's page says of a campaign."""

    number: str
    name: str
    from_on: date
    to_on: date


async def campaigns(by: Actor, now: datetime) -> list[CampaignRow]:
    """The latest first."""
    return await _campaigns(by, now, "")


async def campaign(by: Actor, number: str, now: datetime) -> CampaignRow:
    """NotFound beyond this person's sight."""
    found = await _campaigns(by, now, "AND p.number = $4", asked(number))
    if not found:
        raise NotFound("campaign")
    return found[0]


async def orders(by: Actor, number: str, now: datetime, page: int = 1) -> list[CampaignOrderRow]:
    """A page of those under it, the nearest term first."""
    sight, known = await sight_of(by), await packs()
    seen = sorted(sight.jurisdictions)
    sql = ORDERS.format(own=order_kinds(sight))
    found = await rows(sql, sight.tenant_id, asked(number), seen, PAGE, (page - 1) * PAGE)
    return [_order(one, known.pack(one["jurisdiction"]), now) for one in found]


async def labels(tenant_id: str, order_number: str) -> list[Label]:
    """The campaigns an order is under."""
    return [Label(**one) for one in await rows(LABELS, tenant_id, asked(order_number))]


async def _campaigns(by: Actor, now: datetime, which: str, *given: object) -> list[CampaignRow]:
    sight, known = await sight_of(by), await packs()
    sql = CAMPAIGNS.format(funnel=FUNNEL, which=which, most=MOST, own=order_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), now, *given)
    today = now.astimezone(SHANGHAI).date()
    return [_campaign(one, known.pack(one["jurisdiction"]), today) for one in found]


def _campaign(one: Mapping[str, Any], pack: Pack, today: date) -> CampaignRow:
    return CampaignRow(
        number=one["number"],
        name=one["name"],
        source=one["source"],
        kinds=kind_names(pack, one["kinds"]),
        from_on=one["from_on"],
        to_on=one["to_on"],
        runs=one["from_on"] <= today <= one["to_on"],
        reward=_title(pack, one["reward"]),
        funnel={name: int(one[name]) for name in COUNTED},
    )


def _title(pack: Pack, code: str) -> str:
    scheme = scheme_called(pack.rewards, code)
    return scheme.title if scheme else code


def _order(one: Mapping[str, Any], pack: Pack, now: datetime) -> CampaignOrderRow:
    return CampaignOrderRow(
        number=one["number"],
        stage=OrderStage(one["stage"]),
        place=place_label(pack, one["county"], one["township"]),
        kinds=kind_names(pack, one["kinds"]),
        left=left(pack, one["next_due_at"], now),
    )
