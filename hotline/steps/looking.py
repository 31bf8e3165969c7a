"""在看: whoever has an order open says so, again and again, and hears who else has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.records import OrderLook, new_id
from hotline.rules.actor import Actor

STILL: Final = timedelta(seconds=75)  # a page asks every 20; one that is hidden does not
SEEN: Final = """
WITH mine AS (INSERT INTO order_look (id, tenant_id, order_id, staff_id, seen_at)
  VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, order_id, staff_id) DO UPDATE SET seen_at = excluded.seen_at)
SELECT s.name, l.seen_at FROM order_look l
JOIN staff s ON s.tenant_id = l.tenant_id AND s.id = l.staff_id
WHERE l.tenant_id = $2 AND l.order_id = $3 AND l.staff_id <> $4 AND l.seen_at > $6
ORDER BY s.name
"""


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody else who has the order open."""

    name: str
    seen_at: datetime


async def looking(tenant_id: str, order_id: UUID, by: Actor, now: datetime) -> list[Looker]:
    """Who else, as of a moment ago. Whoever may not see the order does not come here."""
    found = await rows(SEEN, new_id(), tenant_id, order_id, UUID(by.id), now, now - STILL)
    return [Looker(one["name"], one["seen_at"]) for one in found]


async def forget_looks(now: datetime) -> int:
    """The clock's: who looked a day ago is nobody's business."""
    return await OrderLook.filter(seen_at__lt=now - timedelta(days=1)).delete()
