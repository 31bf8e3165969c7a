"""Time is charged to whoever holds an order: not after it is closed, and again when taken up."""

from datetime import datetime

from hotline.database import rows
from hotline.records import Held, WorkOrder

LAST = """
SELECT department, duty FROM held WHERE tenant_id = $1 AND order_id = $2 AND to_at = (
  SELECT max(to_at) FROM held WHERE tenant_id = $1 AND order_id = $2) ORDER BY duty DESC
"""


async def release(order: WorkOrder, now: datetime) -> None:
    """Nobody's time runs any more."""
    await Held.filter(tenant_id=order.tenant_id, order_id=order.id, to_at=None).update(to_at=now)


async def take_up_again(order: WorkOrder, now: datetime) -> None:
    """The departments that held it last hold it from now on; nobody, if it waits for one."""
    if order.lead is None:
        return
    if await Held.exists(tenant_id=order.tenant_id, order_id=order.id, to_at=None):
        return
    for last in await rows(LAST, order.tenant_id, order.id):
        await Held.create(tenant_id=order.tenant_id, order_id=order.id, from_at=now, **last)
