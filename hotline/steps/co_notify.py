"""通报宣传部门: the pack names whom; told by the order the story is about, of no reporter."""

from datetime import datetime

from hotline.database import row
from hotline.errors import StepRefused
from hotline.records import Message, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.clues import ClueChange, clue_transition
from hotline.steps.outbox import tell_department

TEMPLATE = "order.in_press"
ORDER = """
SELECT order_id FROM (
  SELECT m.order_id, m.from_at AS at FROM membership m
  WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL
  UNION ALL SELECT l.order_id, l.at FROM clue_link l
  WHERE l.tenant_id = $1 AND l.clue_id = $2 AND l.removed_at IS NULL) o ORDER BY at LIMIT 1
"""


async def co_notify(number: str, *, by: Actor, now: datetime) -> None:
    """Once an order and clue. StepRefused without an order, or where the pack names nobody."""
    async with clue_transition(number, Step.CO_NOTIFY, by, now) as at:
        department, order = at.pack.disclosure.publicity, await _order(at)
        if not department:
            raise StepRefused("media.no_publicity")
        told = Message.filter(
            tenant_id=order.tenant_id,
            order_id=order.id,
            department=department,
            template=TEMPLATE,
        )
        if await told.exists():
            raise StepRefused("media.told_already")
        await tell_department(order, department, TEMPLATE, now, number=order.number)
        at.change.detail |= {"order": order.number, "department": department}


async def _order(at: ClueChange) -> WorkOrder:
    found = await row(ORDER, at.clue.tenant_id, at.clue.id)
    if found is None:
        raise StepRefused("media.no_matter")
    return await WorkOrder.get(tenant_id=at.clue.tenant_id, id=found["order_id"])
