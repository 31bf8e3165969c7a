"""到期提醒: a term near its end, on its last day and past it is told once each, overdue upwards.

A clock process that was away tells only where a term stands now: once, not once for each that it
missed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows, transaction
from hotline.records import Message, new_id
from hotline.records.writing import add, gathering
from hotline.rules.message import DEPARTMENT, DUTY
from hotline.rules.terms import Role
from hotline.steps.tell_seated import Matter, seated

OVERDUE: Final = 3
TEMPLATES: Final = {1: "order.due_soon", 2: "order.due_today", OVERDUE: "order.overdue"}
ESCALATED: Final = "duty.overdue"
PAGE: Final = 200
# The last fifth of a term, two days at most, is near its end. Terms by the hour have no last day.
# A pause that nobody ended is over at its limit: the term runs again, and is told of.
DUE: Final = """
SELECT c.tenant_id, c.id, c.holder_id, w.level, o.lead, o.jurisdiction, o.kinds, o.historical
FROM clock c
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
CROSS JOIN LATERAL (SELECT CASE
  WHEN c.due_at < $1 THEN 3
  WHEN c.unit <> 'hour' AND c.due_on <= ($1 AT TIME ZONE 'Asia/Shanghai')::date THEN 2
  WHEN c.due_at - least(interval '2 days', (c.due_at - c.started_at) / 5) <= $1 THEN 1
  ELSE 0 END AS level) w
WHERE c.stopped_at IS NULL AND NOT c.is_right AND c.warned < 3 AND c.holder = 'order'
  AND (c.paused_from IS NULL OR (c.pauses #>> '{-1,1}')::timestamptz <= $1)
  AND c.due_at < $1 + interval '2 days' AND c.warned < w.level
ORDER BY c.due_at LIMIT $2 FOR UPDATE OF c SKIP LOCKED
"""
TOLD: Final = """
UPDATE clock c SET warned = g.level FROM unnest($1::text[], $2::uuid[], $3::int[])
  AS g(tenant_id, id, level) WHERE c.tenant_id = g.tenant_id AND c.id = g.id
"""


@dataclass(frozen=True, slots=True)
class Warned:
    """How many terms were told of, how many of them upwards."""

    terms: int
    overdue: int
    unheard: int  # overdue, and no supervisor is there to be told


async def warn_due(now: datetime) -> Warned:
    """One page of what is due to be told; may run twice, may run beside another."""
    async with transaction():
        found = await rows(DUE, now, PAGE)
        tenants, ids = [one["tenant_id"] for one in found], [one["id"] for one in found]
        await rows(TOLD, tenants, ids, [one["level"] for one in found])
        unheard = sum([not await _tell(one, now) for one in found if not one["historical"]])
    overdue = sum(one["level"] == OVERDUE for one in found)
    return Warned(len(found), overdue, unheard)


async def _tell(one: dict[str, Any], now: datetime) -> bool:
    """The department, and of what is overdue its supervisors; whether nobody was missing."""
    level = one["level"]
    told = [_message(one, level, now, department=one["lead"])] if one["lead"] else []
    matter = Matter(one["tenant_id"], one["jurisdiction"], one["kinds"], one["holder_id"])
    above = await seated(matter, Role.SUPERVISOR) if level == OVERDUE else []
    told += [_message(one, level, now, staff_id=staff_id) for staff_id in above]
    async with gathering():
        for message in told:
            await add(message)
    return bool(above) or level < OVERDUE


def _message(
    one: dict[str, Any], level: int, now: datetime, *, department: str = "", staff_id: Any = None
) -> Message:
    """In a thread of its own, so that nothing else waits for it; again after each new end."""
    return Message(
        id=new_id(),
        tenant_id=one["tenant_id"],
        thread=f"due:{one['id']}:{staff_id or 'desk'}",
        seq=0,
        template=ESCALATED if staff_id else TEMPLATES[level],
        recipient=DUTY if staff_id else DEPARTMENT,
        department=department or None,
        staff_id=staff_id,
        order_id=one["holder_id"],
        state="queued",
        available_at=now,
        created_at=now,
    )
