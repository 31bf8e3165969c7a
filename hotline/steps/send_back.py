"""审核退回: the reviewer wants it changed, and says what."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.outbox import tell_department
from hotline.steps.transition import Target


async def send_back(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """The order is the handler's again; its texts stay as drafts."""
    async with desk_transition(target, Step.SEND_BACK, by, now) as change:
        order = change.order
        change.detail |= {"reason": reason(why)}
        order.returned_count += 1
        assert order.lead is not None
        await tell_department(order, order.lead, "order.sent_back", now, number=order.number)
        await turn_order_clocks(order, await pack_of(order), Step.SEND_BACK, now)
