"""重办: the answer does not stand; the department takes the matter up again."""

from datetime import datetime

from hotline.errors import NotAllowed
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, RequestStage, Step
from hotline.rules.wording import reason
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holding import take_up_again
from hotline.steps.members import members_at, move_member
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.publications import basis_changed, result_undone
from hotline.steps.transition import Target


async def redo(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """Granted by a person; a reporter asks for it with the rating (steps.follow_up)."""
    if by.kind is ActorKind.REPORTER:
        raise NotAllowed(Step.REDO.value)
    async with desk_transition(target, Step.REDO, by, now) as change:
        order = change.order
        change.detail |= {"reason": reason(why), "finding_before": order.finding}
        order.redo_count += 1
        order.finding, order.answered_at, order.closed_at = None, None, None
        order.interim_left = ""
        await take_up_again(order, now)
        pack = await pack_of(order)
        await turn_order_clocks(order, pack, Step.REDO, now)
        await result_undone(order, by, now)
        await basis_changed(order, pack, Step.REDO, by, now)
        for request in await members_at(order, RequestStage.ANSWERED, RequestStage.CLOSED):
            await move_member(change, request, Step.REDO)
            await tell_reporter(request, "request.redo", now)
        assert order.lead is not None
        await tell_department(order, order.lead, "order.redo", now, number=order.number)
