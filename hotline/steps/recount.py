"""期限重算: running terms counted again by the calendar in force; each end moves at most once."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.policy.store import Packs, packs
from hotline.rules.clocks import Due, Scheme, Term, Unit, due_of

PAGE: Final = 500
FIRST: Final = UUID(int=0)
# what the calendar decides, of matters that are not over
HELD: Final = """
SELECT c.tenant_id, c.id, c.holder, c.holder_id, c.scheme, c.started_at, c.unit, c.count, c.rolls,
  c.extended, c.pauses,
  c.paused_from, c.due_on, c.provisional,
  coalesce(o.jurisdiction, r.jurisdiction, f.jurisdiction) AS jurisdiction
FROM clock c
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
LEFT JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.holder_id
LEFT JOIN referral f ON f.tenant_id = c.tenant_id AND f.id = c.holder_id
WHERE c.stopped_at IS NULL AND (c.unit = 'working_day' OR c.rolls)
"""
RUNNING: Final = f"{HELD} AND c.id > $1 ORDER BY c.id LIMIT $2"
AGAIN: Final = f"{HELD} AND c.tenant_id = $1 AND c.id = ANY($2) ORDER BY c.id"
HOLDERS: Final = {"order": "work_order", "request": "service_request", "referral": "referral"}
LOCKED: Final = """
SELECT id FROM {table} WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR NO KEY UPDATE
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
NEAREST_OF: Final = {"order": NEAREST, "referral": NEAREST.replace("work_order", "referral")}
Held = dict[str, Any]


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


async def _page(page: list[Held], known: Packs) -> Recounted:
    changed = _changed(page, known)
    told = Recounted(
        looked_at=len(page), provisional=sum(_end(one, known).provisional for one in page)
    )
    for tenant, kind in sorted({(one["tenant_id"], one["holder"]) for one, _ in changed}):
        mine = [one for one, _ in changed if (one["tenant_id"], one["holder"]) == (tenant, kind)]
        told = _added(told, await _move(tenant, kind, mine, known))
    return told


def _changed(page: list[Held], known: Packs) -> list[tuple[Held, Due]]:
    ends = [(one, _end(one, known)) for one in page]
    return [
        (one, end)
        for one, end in ends
        if (end.on, end.provisional) != (one["due_on"], one["provisional"])
    ]


async def _move(tenant: str, kind: str, mine: list[Held], known: Packs) -> Recounted:
    """Under the locks of their holders, and of one kind only: a report is locked after its order,
    but before the order it comes to. A term may have been extended since it was read.
    """
    holders = sorted({one["holder_id"] for one in mine})
    async with transaction():
        await rows(LOCKED.format(table=HOLDERS[kind]), tenant, holders)
        stands = await rows(AGAIN, tenant, [one["id"] for one in mine])
        changed = _changed(stands, known)
        ids, ends = [one["id"] for one, _ in changed], [end for _, end in changed]
        days, moments = [one.on for one in ends], [one.at for one in ends]
        await rows(MOVED, tenant, ids, days, moments, [one.provisional for one in ends])
        if kind in NEAREST_OF:
            await rows(NEAREST_OF[kind], tenant, holders)
    return Recounted(
        moved=sum(end.on != one["due_on"] for one, end in changed),
        settled=sum(one["provisional"] and not end.provisional for one, end in changed),
    )


def _end(one: Held, known: Packs) -> Due:
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
    term = Term(scheme, one["started_at"], one["extended"], still)
    return due_of(term, known.pack(one["jurisdiction"]).calendar)


def _added(one: Recounted, other: Recounted) -> Recounted:
    return Recounted(
        one.looked_at + other.looked_at,
        one.moved + other.moved,
        one.settled + other.settled,
        one.provisional + other.provisional,
    )
