"""督办移送到期提醒: a term of a referral near its end, and past it, is told upwards, once each."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Message, new_id
from hotline.records.writing import add, gathering
from hotline.rules.message import DUTY
from hotline.rules.terms import Role
from hotline.steps.tell_seated import Matter, seated
from hotline.steps.warn_due import OVERDUE, PAGE, TOLD

SOON: Final = 1
TEMPLATES: Final = {SOON: "duty.referral_soon", OVERDUE: "duty.referral"}
# The last fifth of a term is near its end: of the day for a transfer as of two months.
DUE: Final = """
SELECT c.tenant_id, c.id, r.order_id, o.kinds, r.number, r.jurisdiction, w.level FROM referral r
JOIN clock c ON c.tenant_id = r.tenant_id AND c.holder_id = r.id
LEFT JOIN work_order o ON o.tenant_id = r.tenant_id AND o.id = r.order_id
CROSS JOIN LATERAL (SELECT CASE WHEN c.due_at < $1 THEN 3
  WHEN c.due_at - (c.due_at - c.started_at) / 5 <= $1 THEN 1 ELSE 0 END AS level) w
WHERE r.stage NOT IN ('closed', 'denied', 'withdrawn') AND r.next_due_at IS NOT NULL
  AND c.stopped_at IS NULL AND NOT c.is_right AND c.warned < w.level
ORDER BY c.due_at LIMIT $2 FOR UPDATE OF c SKIP LOCKED
"""


async def warn_referrals(now: datetime) -> int:
    """One page; may run twice, may run beside another. A clock that was away tells once."""
    async with transaction():
        found = await rows(DUE, now, PAGE)
        tenants, ids = [one["tenant_id"] for one in found], [one["id"] for one in found]
        await rows(TOLD, tenants, ids, [one["level"] for one in found])
        for one in found:
            where = one["tenant_id"], one["jurisdiction"]
            matter = Matter(*where, one["kinds"] or (), one["order_id"])
            above = await seated(matter, Role.SUPERVISOR)
            async with gathering():
                for staff_id in above:
                    await add(_message(one, staff_id, now))
    return len(found)


def _message(one: dict[str, Any], staff_id: UUID, now: datetime) -> Message:
    """In a thread of its own, so that nothing else waits for it; again after each new end."""
    return Message(
        id=new_id(),
        tenant_id=one["tenant_id"],
        thread=f"referral:{one['id']}:{staff_id}",
        seq=0,
        template=TEMPLATES[one["level"]],
        recipient=DUTY,
        staff_id=staff_id,
        order_id=one["order_id"],
        fill={"referral": one["number"], "jurisdiction": one["jurisdiction"]},
        state="queued",
        available_at=now,
        created_at=now,
    )
