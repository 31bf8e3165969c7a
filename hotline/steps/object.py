"""异议: the department says with reasons that the order is not its own (信访工作条例 art. 23)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.errors import PolicyGap, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Clock, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import Due, due, is_over
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holders import Holders, checked
from hotline.steps.transition import Target

SCHEME: Final = "objection"  # the term of every pack within which one may object


@dataclass(frozen=True, slots=True)
class Objection:
    """Why it is not ours, and whose it is, if known (a department's code)."""

    reason: str
    propose: str = ""


async def object_to(target: Target, ask: Objection, *, by: Actor, now: datetime) -> None:
    """Within the pack's term from dispatch, and never after a ruling."""
    async with desk_transition(target, Step.OBJECT, by, now) as change:
        order, pack = change.order, await pack_of(change.order)
        if order.ruled:
            raise StepRefused("object.ruled")
        end = await objection_end(order, pack)
        if is_over(end, now):
            raise StepRefused("object.too_late", due=end.on)
        if ask.propose:
            checked(Holders(ask.propose), pack)
        change.detail |= {"reason": reason(ask.reason), "propose": ask.propose or None}
        order.returned_count += 1
        await turn_order_clocks(order, pack, Step.OBJECT, now)


async def objection_end(order: WorkOrder, pack: Pack) -> Due:
    """The last day to object: of the running term, else counted from the dispatch."""
    running = Clock.filter(
        tenant_id=order.tenant_id, holder_id=order.id, scheme=SCHEME, stopped_at=None
    )
    if clock := await running.first():
        return Due(clock.due_on, clock.due_at, clock.provisional)
    for scheme in pack.schemes:
        if scheme.code == SCHEME and order.dispatched_at:
            return due(scheme, order.dispatched_at, pack.calendar)
    raise PolicyGap(pack.code, "clocks", SCHEME)
