"""协办办结: an assisting department says what it did; the department that leads is told."""

from datetime import datetime

from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import OrderPart, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.outbox import tell_department
from hotline.steps.parts import open_part
from hotline.steps.transition import Target, order_transition


async def finish_part(target: Target, result: str, *, by: Actor, now: datetime) -> None:
    """Only by the department whose part it is."""
    async with order_transition(target, Step.FINISH_PART, by, now) as change:
        order = change.order
        part = await _own(order, by)
        done = reason(result)
        await OrderPart.filter(tenant_id=order.tenant_id, id=part.id).update(
            result=done, done_by=by.id, done_at=now
        )
        change.detail |= {"co": (part.department,), "remark": done}
        if order.lead:
            await tell_department(order, order.lead, "order.part_done", now, number=order.number)


async def _own(order: WorkOrder, by: Actor) -> OrderPart:
    sight = await sight_of(by)
    if not sight.covers(order.tenant_id, order.jurisdiction):
        raise NotFound("order")
    own = sight.takes(order.kinds, order.handler_id)
    if not by.department or by.department == order.lead or not own:
        raise NotAllowed(Step.FINISH_PART.value)
    part = await open_part(order, by.department)
    if part is not None:
        return part
    had = OrderPart.filter(tenant_id=order.tenant_id, order_id=order.id)
    if await had.filter(department=by.department).exists():
        raise StepRefused("part.not_open")
    raise NotAllowed(Step.FINISH_PART.value)
