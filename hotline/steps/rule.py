"""异议裁定: 改派 to another department or 驳回; after it there is no second objection."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.clocks import start_again
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holders import Holders, checked
from hotline.steps.matter import hand_over
from hotline.steps.matters import accused_by
from hotline.steps.outbox import tell_department
from hotline.steps.transition import OrderChange, Target


@dataclass(frozen=True, slots=True)
class Ruling:
    """`to` is who has it from now on; None: it stays where it is."""

    reason: str
    to: Holders | None = None


async def rule(target: Target, ask: Ruling, *, by: Actor, now: datetime) -> None:
    """The order goes out again, and its terms from dispatch are counted anew."""
    async with desk_transition(target, Step.RULE, by, now) as change:
        pack = await pack_of(change.order)
        change.order.ruled = True
        change.detail |= {"reason": reason(ask.reason), "upheld": ask.to is not None}
        if ask.to is None:
            await _reject(change)
        else:
            await _reassign(change, ask.to, pack)
        await start_again(change.order, pack, Step.DISPATCH, now)


async def _reject(change: OrderChange) -> None:
    order = change.order
    order.dispatched_at = change.now
    assert order.lead is not None
    await tell_department(
        order, order.lead, "order.objection_rejected", change.now, number=order.number
    )


async def _reassign(change: OrderChange, to: Holders, pack: Pack) -> None:
    holders = checked(to, pack, await accused_by(change.order, pack))
    if holders.lead == change.order.lead:
        raise StepRefused("rule.same_department")
    await hand_over(change, holders.lead, holders.co)
