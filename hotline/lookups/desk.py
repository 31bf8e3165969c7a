"""工作台: a department's orders, or a whole jurisdiction's, by what is to be done next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.names import Named, department, kind_names, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight
from hotline.rules.terms import OrderStage

PAGE: Final = 50
SOON: Final = timedelta(days=3)


class Tab(StrEnum):
    """What is to be done next."""

    TO_SIGN = "to_sign"
    IN_WORK = "in_work"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    ANSWERED = "answered"


OPEN: Final = "o.stage IN ('opened', 'dispatched', 'signed', 'returned', 'submitted')"
CONDITIONS: Final[Mapping[Tab, str]] = {
    Tab.TO_SIGN: "o.stage = 'dispatched'",
    Tab.IN_WORK: "o.stage = 'signed'",
    Tab.DUE_SOON: f"{OPEN} AND o.next_due_at BETWEEN $3 AND $4",
    Tab.OVERDUE: f"{OPEN} AND o.next_due_at < $3",
    Tab.RETURNED: "o.stage = 'returned'",
    Tab.SUBMITTED: "o.stage = 'submitted'",
    Tab.ANSWERED: "o.stage = 'answered'",
}

MINE: Final = """
FROM work_order o
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND NOT o.historical
  AND o.stage NOT IN ('closed', 'closed_interim', 'withdrawn')
  AND ($5 = '' OR EXISTS (SELECT FROM held h WHERE h.tenant_id = $1 AND h.order_id = o.id
    AND h.department = $5 AND h.to_at IS NULL))
  AND $3::timestamptz < $4::timestamptz
"""

ROWS: Final = """
SELECT o.number, o.version, o.jurisdiction, o.stage, o.title, o.county, o.township, o.kinds,
  o.lead, o.opened_at, o.next_due_at, o.report_count, o.emergency, o.redo_count,
  EXISTS (SELECT FROM feedback f JOIN membership m ON m.tenant_id = $1 AND m.to_at IS NULL
      AND m.request_id = f.request_id AND m.order_id = o.id
    WHERE f.tenant_id = $1 AND f.order_id = o.id AND f.wants_redo
      AND f.at >= o.answered_at) AS redo_wanted
{mine} AND {condition}
ORDER BY o.emergency DESC, o.next_due_at NULLS LAST, o.opened_at, o.number LIMIT $6 OFFSET $7
"""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One order of the queue. `leads`: the reader's department leads, else it assists."""

    number: str
    version: int
    stage: OrderStage
    title: str
    place: str
    kinds: tuple[Named, ...]
    lead: Named | None
    leads: bool
    opened_at: datetime
    left: Left | None
    report_count: int
    emergency: bool
    redone: bool
    redo_wanted: bool


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One tab's page, and how many wait under each tab."""

    tab: Tab
    counts: Mapping[Tab, int]
    rows: tuple[DeskRow, ...]
    page: int
    pages: int


async def queue(by: Actor, tab: Tab, now: datetime, page: int = 1) -> DeskPage:
    """Emergencies first, then by the nearest term."""
    sight = await sight_of(by)
    counts = await _counts(sight, now)
    pages = max(1, -(-counts[tab] // PAGE))
    page = min(max(1, page), pages)
    sql = ROWS.format(mine=MINE, condition=CONDITIONS[tab])
    found = await rows(sql, *_where(sight, now), PAGE, (page - 1) * PAGE)
    known = await packs()
    shown = tuple(_row(known.pack(one["jurisdiction"]), one, by, now) for one in found)
    return DeskPage(tab, counts, shown, page, pages)


async def _counts(sight: Sight, now: datetime) -> dict[Tab, int]:
    each = ", ".join(f"count(*) FILTER (WHERE {CONDITIONS[tab]}) AS {tab}" for tab in Tab)
    found = await row(f"SELECT {each} {MINE}", *_where(sight, now))
    return {tab: int(found[tab]) if found else 0 for tab in Tab}


def _where(sight: Sight, now: datetime) -> tuple[object, ...]:
    return sight.tenant_id, sorted(sight.jurisdictions), now, now + SOON, sight.department


def _row(pack: Pack, one: dict[str, Any], by: Actor, now: datetime) -> DeskRow:
    return DeskRow(
        number=one["number"],
        version=one["version"],
        stage=OrderStage(one["stage"]),
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kinds=kind_names(pack, one["kinds"]),
        lead=department(pack, one["lead"]) if one["lead"] else None,
        leads=bool(by.department) and by.department == one["lead"],
        opened_at=one["opened_at"],
        left=left(pack, one["next_due_at"], now),
        report_count=one["report_count"],
        emergency=one["emergency"],
        redone=one["redo_count"] > 0,
        redo_wanted=one["redo_wanted"],
    )
