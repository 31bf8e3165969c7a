"""归档 as a desk shows it: what was closed for now, what may be archived, what is archived."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor

MINE: Final = """
FROM work_order o WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND NOT o.historical
  AND ($3 = '' OR o.lead = $3){own}
"""
COLUMNS: Final = (
    "o.number, o.version, o.title, o.stage, o.closed_at, o.interim_left, o.next_due_at,"
    " o.archived_at, o.keep_until"
)
INTERIM: Final = (
    "SELECT {columns} {mine} AND o.stage = 'closed_interim' ORDER BY o.next_due_at LIMIT 100"
)
# nothing runs any more, of the order's or of its reports', and no review waits; $4 is now
READY: Final = """
SELECT {columns} {mine} AND o.stage IN ('closed', 'withdrawn') AND o.archived_at IS NULL
  AND NOT EXISTS (SELECT FROM clock c WHERE c.tenant_id = $1 AND c.stopped_at IS NULL
    AND c.due_at > $4 AND (c.holder_id = o.id OR c.holder_id IN (SELECT m.request_id
      FROM membership m WHERE m.tenant_id = $1 AND m.order_id = o.id AND m.to_at IS NULL)))
  AND NOT EXISTS (SELECT FROM review v WHERE v.tenant_id = $1 AND v.order_id = o.id
    AND v.decided_at IS NULL)
ORDER BY o.closed_at LIMIT 100
"""
ARCHIVED: Final = (
    "SELECT {columns} {mine} AND o.archived_at IS NOT NULL ORDER BY o.archived_at DESC LIMIT 100"
)


@dataclass(frozen=True, slots=True)
class Filed:
    """One order."""

    number: str
    version: int
    title: str = field(repr=False)
    stage: str
    closed_at: datetime | None
    interim_left: str
    next_due_at: datetime | None
    archived_at: datetime | None
    keep_until: date | None


@dataclass(frozen=True, slots=True)
class Archive:
    """The three lists."""

    interim: tuple[Filed, ...]
    ready: tuple[Filed, ...]
    archived: tuple[Filed, ...]


async def archive_of(by: Actor, now: datetime) -> Archive:
    """A department's own reviewer sees the own department's."""
    sight = await sight_of(by)
    mine = sight.tenant_id, sorted(sight.jurisdictions), sight.department
    within = MINE.format(own=order_kinds(sight))
    return Archive(
        interim=await _filed(INTERIM, within, *mine),
        ready=await _filed(READY, within, *mine, now),
        archived=await _filed(ARCHIVED, within, *mine),
    )


async def _filed(sql: str, within: str, *values: object) -> tuple[Filed, ...]:
    asked = sql.format(columns=COLUMNS, mine=within)
    return tuple(Filed(**one) for one in await rows(asked, *values))
