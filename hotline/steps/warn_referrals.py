"""督办移送超期提醒: a term of a referral that has passed is told upwards, once."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Message, new_id
from hotline.rules.message import DUTY
from hotline.steps.warn_due import OVERDUE, PAGE, TOLD, above_desk

TEMPLATE: Final = "duty.referral"
DUE: Final = """
SELECT c.tenant_id, c.id, r.order_id, r.jurisdiction FROM referral r
JOIN clock c ON c.tenant_id = r.tenant_id AND c.holder_id = r.id
WHERE r.stage NOT IN ('closed', 'denied', 'withdrawn') AND r.next_due_at < $1
  AND c.stopped_at IS NULL AND NOT c.is_right AND c.warned < 3 AND c.due_at < $1
ORDER BY c.due_at LIMIT $2 FOR UPDATE OF c SKIP LOCKED
"""


async def warn_referrals(now: datetime) -> int:
    """One page; may run twice, may run beside another."""
    async with transaction():
        found = await rows(DUE, now, PAGE)
        tenants, ids = [one["tenant_id"] for one in found], [one["id"] for one in found]
        await rows(TOLD, tenants, ids, [OVERDUE] * len(found))
        for one in found:
            above = await above_desk(one["tenant_id"], one["jurisdiction"])
            await Message.bulk_create([_message(one, staff_id, now) for staff_id in above])
    return len(found)


def _message(one: dict[str, Any], staff_id: UUID, now: datetime) -> Message:
    """In a thread of its own, so that nothing else waits for it."""
    return Message(
        id=new_id(),
        tenant_id=one["tenant_id"],
        thread=f"referral:{one['id']}:{staff_id}",
        seq=0,
        template=TEMPLATE,
        recipient=DUTY,
        staff_id=staff_id,
        order_id=one["order_id"],
        state="queued",
        available_at=now,
        created_at=now,
    )
