"""协办分工的共同部分: which parts of an order still wait, as long as their department holds it."""

from typing import Final

from hotline.database import rows
from hotline.errors import StepRefused
from hotline.records import OrderPart, WorkOrder

OPEN: Final = """
SELECT p.id, p.department FROM order_part p
WHERE p.tenant_id = $1 AND p.order_id = $2 AND p.done_at IS NULL AND p.waived_at IS NULL
  AND EXISTS (SELECT FROM held h WHERE h.tenant_id = $1 AND h.order_id = $2
    AND h.department = p.department AND h.duty = 'co' AND h.to_at IS NULL)
"""


async def open_part(order: WorkOrder, department: str) -> OrderPart | None:
    """The part a department has not done yet."""
    for one in await rows(OPEN, order.tenant_id, order.id):
        if one["department"] == department:
            return await OrderPart.get(tenant_id=order.tenant_id, id=one["id"])
    return None


async def check_no_part_open(order: WorkOrder) -> None:
    """StepRefused while an assisting department is not done and nobody said why it may be so."""
    if waiting := await rows(OPEN, order.tenant_id, order.id):
        raise StepRefused("part.open", count=len(waiting))
