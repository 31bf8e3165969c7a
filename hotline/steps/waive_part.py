"""协办不再等待: the department that leads goes on without a part, and says why."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import OrderPart
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.parts import open_part
from hotline.steps.transition import Target


async def waive_part(
    target: Target, department: str, why: str, *, by: Actor, now: datetime
) -> None:
    """The part stays in the books as not done."""
    async with desk_transition(target, Step.WAIVE_PART, by, now) as change:
        order, said = change.order, reason(why)
        part = await open_part(order, department)
        if part is None:
            raise StepRefused("part.not_open")
        await OrderPart.filter(tenant_id=order.tenant_id, id=part.id).update(waived_at=now)
        change.detail |= {"co": (department,), "reason": said}
