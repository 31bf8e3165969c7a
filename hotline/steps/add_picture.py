"""补充附件: a picture for a report that is registered already, by whoever may add to it."""

from dataclasses import dataclass, field
from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.attach import Holder, attach
from hotline.steps.outbox import tell_department
from hotline.steps.own import check_not_over, check_own, order_of
from hotline.steps.transition import Target, request_transition


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came."""

    name: str = field(repr=False)
    content: bytes = field(repr=False)


async def add_picture(target: Target, sent: SentFile, *, by: Actor, now: datetime) -> None:
    """StepRefused names what is wrong with the file; the department that leads is told."""
    async with request_transition(target, Step.SUPPLEMENT, by, now) as change:
        order = await order_of(target)
        await check_own(change.request, order, by)
        check_not_over(change.request)
        holder = Holder(target.tenant_id, request_id=target.id)
        await attach(holder, sent.content, sent.name, now)
        change.detail |= {"picture": len(sent.content)}
        if order is not None and order.lead:
            await tell_department(order, order.lead, "order.supplemented", now, number=order.number)
