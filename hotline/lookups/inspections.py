"""督察交办: batches with their funnel, and one with its items and counted columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.names import department, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.referring import Column
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.inspection import Funnel, summed
from hotline.rules.numbering import asked
from hotline.rules.referral_stage import ReferralStage

MOST: Final = 100
PAGE: Final = 50
FUNNEL: Final = """
count(r.id) AS received, count(r.id) FILTER (WHERE r.stage = 'denied') AS refused,
  count(r.id) FILTER (WHERE r.stage NOT IN ('opened', 'denied')) AS accepted,
  count(r.id) FILTER (WHERE r.outcome = 'merged') AS merged,
  count(r.id) FILTER (WHERE r.sent_at IS NOT NULL) AS handed_over,
  count(r.id) FILTER (WHERE r.replied_at IS NOT NULL) AS answered,
  count(r.id) FILTER (WHERE r.stage = 'closed') AS closed,
  count(r.id) FILTER (WHERE r.closed_at IS NULL AND r.next_due_at < $3) AS overdue
"""
BATCHES: Final = """
SELECT b.number, b.name, b.level, b.received_on, b.jurisdiction, {funnel}
FROM inspection_batch b LEFT JOIN referral r ON r.tenant_id = b.tenant_id AND r.batch_id = b.id
WHERE b.tenant_id = $1 AND b.jurisdiction = ANY($2) {which}
GROUP BY b.id, b.number, b.name, b.level, b.received_on, b.jurisdiction
ORDER BY b.received_on DESC, b.number LIMIT {most}
"""
ITEMS: Final = """
SELECT r.number, r.foreign_number, r.stage, r.grounds, r.facts, r.addressees, r.outcome, r.reply,
  r.next_due_at, o.number AS order_number
FROM referral r JOIN inspection_batch b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
LEFT JOIN work_order o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
WHERE r.tenant_id = $1 AND b.number = $2 ORDER BY r.foreign_number LIMIT $3 OFFSET $4
"""
SAID: Final = """
SELECT r.facts FROM referral r
JOIN inspection_batch b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
WHERE r.tenant_id = $1 AND b.number = $2 AND r.facts ? 'columns'
"""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch, with what became of its items."""

    number: str
    name: str
    level: str
    received_on: date
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the list, with its 边督边改 columns."""

    number: str
    foreign: str
    star: bool
    place: str
    problem: str
    stage: ReferralStage
    addressees: tuple[str, ...]
    order: str
    finding: str
    outcome: str
    reply: str
    left: Left | None
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch whole."""

    row: BatchRow
    items: tuple[ItemRow, ...]
    columns: tuple[Column, ...]
    sums: Mapping[str, int]


async def batches(by: Actor, now: datetime) -> list[BatchRow]:
    """The newest first."""
    return [_batch(one, pack) for one, pack in await _found(by, now, "")]


async def batch(
    by: Actor, number: str, now: datetime, *, page: int = 1, most: int = PAGE
) -> BatchView:
    """A page of its items; the sums are of all. NotFound beyond this person's sight."""
    found = await _found(by, now, "AND b.number = $4", asked(number))
    if not found:
        raise NotFound("batch")
    one, pack = found[0]
    listed = await rows(ITEMS, pack.tenant, one["number"], most, (page - 1) * most)
    items = tuple([_item(each, pack, now) for each in listed])
    said = [_read(each)["columns"] for each in await rows(SAID, pack.tenant, one["number"])]
    columns = pack.referring.columns
    sums = summed([column.code for column in columns], said)
    return BatchView(_batch(one, pack), items, columns, sums)


async def _found(
    by: Actor, now: datetime, which: str, *given: object
) -> list[tuple[dict[str, Any], Pack]]:
    sight, known = await sight_of(by), await packs()
    sql = BATCHES.format(funnel=FUNNEL, which=which, most=MOST)
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), now, *given)
    return [(one, known.pack(one["jurisdiction"])) for one in found]


def _batch(one: Mapping[str, Any], pack: Pack) -> BatchRow:
    levels = {level.code: level.name for level in pack.referring.levels}
    return BatchRow(
        number=one["number"],
        name=one["name"],
        level=levels.get(one["level"], one["level"]),
        received_on=one["received_on"],
        funnel=Funnel(**{name: int(one[name]) for name in Funnel.__dataclass_fields__}),
    )


def _item(one: Mapping[str, Any], pack: Pack, now: datetime) -> ItemRow:
    facts = _read(one)
    kind = pack.referring.kind("inspection")
    codes = one["addressees"]
    return ItemRow(
        number=one["number"],
        foreign=one["foreign_number"],
        star=facts.get("star", False),
        place=place_label(pack, facts.get("county"), None),
        problem=one["grounds"],
        stage=ReferralStage(one["stage"]),
        addressees=tuple(department(pack, code).name if "." in code else code for code in codes),
        order=one["order_number"] or "",
        finding=facts.get("finding", ""),
        outcome=kind.named("outcomes", one["outcome"] or "") if kind else "",
        reply=one["reply"],
        left=left(pack, one["next_due_at"], now),
        columns=facts.get("columns", {}),
    )


def _read(one: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (
        json.loads(one["facts"]) if isinstance(one["facts"], str) else one["facts"]
    )
    return found
