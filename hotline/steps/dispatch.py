"""交办 by a person: the order the pack's table had no answer for."""

from datetime import datetime

from hotline.policy.routes import by_table, explained, facts_of
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
        facts = facts_of(pack, await matter_of(change.order))
        holders = checked(ask, pack, facts.accused)
        change.detail["route"] = explained(pack, facts, by_table(pack, facts))
        await hand_over(change, holders.lead, holders.co)
        await turn_order_clocks(change.order, pack, Step.DISPATCH, now)
