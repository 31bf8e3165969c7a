"""交办 by a person: the order the pack's table had no answer for."""

from datetime import datetime

from hotline.policy.routes import accused_in, explained, routed
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holders import Holders, checked
from hotline.steps.matter import hand_over
from hotline.steps.matters import matter_of
from hotline.steps.transition import Target


async def dispatch(target: Target, ask: Holders, *, by: Actor, now: datetime) -> None:
    """To one lead, and to whoever assists."""
    async with desk_transition(target, Step.DISPATCH, by, now) as change:
        pack = await pack_of(change.order)
        matter = await matter_of(change.order)
        holders = checked(ask, pack, accused_in(pack, matter))
        change.detail["route"] = explained(pack, matter, routed(pack, matter))
        await hand_over(change, holders.lead, holders.co)
        await turn_order_clocks(change.order, pack, Step.DISPATCH, now)
