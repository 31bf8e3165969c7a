"""期限重算: running terms counted again by the calendar in force; each end moves at most once."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.policy.store import Packs, packs
from hotline.rules.clocks import Calendar, Due, Scheme, Term, Unit, due_of

PAGE: Final = 500
FIRST: Final = UUID(int=0)
# what the calendar decides, of matters that are not over; a page at a time, by id
RUNNING: Final = """
SELECT c.tenant_id, c.id, c.holder_id, c.scheme, c.started_at, c.unit, c.count, c.rolls,
  c.extended, c.pauses,
  c.paused_from, c.due_on, c.provisional,
  coalesce(o.jurisdiction, r.jurisdiction, f.jurisdiction) AS jurisdiction
FROM clock c
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
LEFT JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.holder_id
LEFT JOIN referral f ON f.tenant_id = c.tenant_id AND f.id = c.holder_id
WHERE c.stopped_at IS NULL AND (c.unit = 'working_day' OR c.rolls) AND c.id > $1
ORDER BY c.id LIMIT $2
"""
LOCKED: Final = """
SELECT id FROM work_order WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR UPDATE
"""
MOVED: Final = """
UPDATE clock c SET due_on = g.due_on, due_at = g.due_at, provisional = g.provisional,
  warned = CASE WHEN c.due_on = g.due_on THEN c.warned ELSE 0 END
FROM unnest($2::uuid[], $3::date[], $4::timestamptz[], $5::boolean[])
  AS g(id, due_on, due_at, provisional)
WHERE c.tenant_id = $1 AND c.id = g.id AND c.stopped_at IS NULL
"""
NEAREST: Final = """
UPDATE work_order o SET next_due_at = (SELECT min(c.due_at) FROM clock c
  WHERE c.tenant_id = o.tenant_id AND c.holder_id = o.id AND c.stopped_at IS NULL
    AND NOT c.is_right)
WHERE o.tenant_id = $1 AND o.id = ANY($2)
"""
BESIDE: Final = NEAREST.replace("work_order", "referral")


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many terms were looked at, how many end on another day, how many stay provisional."""

    looked_at: int = 0
    moved: int = 0
    settled: int = 0  # provisional no longer
    provisional: int = 0


async def recount(now: datetime) -> Recounted:
    """Every running term that asks the calendar. May run twice: the second time moves nothing."""
    del now  # an end follows from its start alone
    known, last, told = await packs(), FIRST, Recounted()
    while page := await rows(RUNNING, last, PAGE):
        last = page[-1]["id"]
        told = _added(told, await _page(page, known))
    return told


async def _page(page: list[dict[str, Any]], known: Packs) -> Recounted:
    counted = [(one, _end(one, known.pack(one["jurisdiction"]).calendar)) for one in page]
    changed = [
        (one, end)
        for one, end in counted
        if (end.on, end.provisional) != (one["due_on"], one["provisional"])
    ]
    for tenant in sorted({one["tenant_id"] for one, _ in changed}):
        mine = [(one, end) for one, end in changed if one["tenant_id"] == tenant]
        holders = sorted({one["holder_id"] for one, _ in mine})
        async with transaction():
            await rows(LOCKED, tenant, holders)
            ids = [one["id"] for one, _ in mine]
            ends = [end for _, end in mine]
            days, moments = [one.on for one in ends], [one.at for one in ends]
            await rows(MOVED, tenant, ids, days, moments, [one.provisional for one in ends])
            await rows(NEAREST, tenant, holders)
            await rows(BESIDE, tenant, holders)
    return Recounted(
        looked_at=len(page),
        moved=sum(end.on != one["due_on"] for one, end in changed),
        settled=sum(one["provisional"] and not end.provisional for one, end in changed),
        provisional=sum(end.provisional for _, end in counted),
    )


def _end(one: dict[str, Any], calendar: Calendar) -> Due:
    """The term as it was begun: a later version of the pack's terms does not change it."""
    scheme = Scheme(
        code=one["scheme"],
        name="",
        holder="order",
        count=one["count"],
        unit=Unit(one["unit"]),
        starts="",
        rolls=one["rolls"],
    )
    still = tuple(
        (datetime.fromisoformat(since), datetime.fromisoformat(until))
        for since, until in json.loads(one["pauses"])
    )
    return due_of(Term(scheme, one["started_at"], one["extended"], still), calendar)


def _added(one: Recounted, other: Recounted) -> Recounted:
    return Recounted(
        one.looked_at + other.looked_at,
        one.moved + other.moved,
        one.settled + other.settled,
        one.provisional + other.provisional,
    )
