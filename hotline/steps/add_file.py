"""补充附件: a file for a report that is registered already, by whoever may add to it."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.attach import Holder, SentFile, keep, sealed
from hotline.steps.outbox import tell_department
from hotline.steps.own import check_not_over, check_own, order_of
from hotline.steps.transition import Target, request_transition


async def add_file(target: Target, sent: SentFile, *, by: Actor, now: datetime) -> None:
    """StepRefused names what is wrong with the file; the department that leads is told."""
    holder = Holder(target.tenant_id, request_id=target.id)
    async with (
        sealed(holder, sent) as ready,
        request_transition(target, Step.SUPPLEMENT, by, now) as change,
    ):
        order = await order_of(target)
        await check_own(change.request, order, by)
        check_not_over(change.request)
        await keep(ready, now)
        change.detail |= {"file": len(sent.content)}
        if order is not None and order.lead:
            await tell_department(order, order.lead, "order.supplemented", now, number=order.number)
