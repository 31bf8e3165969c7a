"""签收: the department takes the order in hand."""

from datetime import datetime

from hotline.errors import NotAllowed
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.account import has_left
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.transition import Target


async def sign(target: Target, *, by: Actor, now: datetime) -> None:
    """By a handler of the department that leads."""
    async with desk_transition(target, Step.SIGN, by, now) as change:
        if by.account and await has_left(change.order.tenant_id, by.account):
            raise NotAllowed(Step.SIGN.value)
        change.order.signed_at, change.order.handler_id = now, by.account
        await turn_order_clocks(change.order, await pack_of(change.order), Step.SIGN, now)
