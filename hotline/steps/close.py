"""办结 or 阶段性办结: finished, or finished for now; which of the two is never mixed up."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import OrderText, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.completeness import check_finding, check_kinds
from hotline.rules.terms import OrderStage, RequestStage, Step, TextKind
from hotline.rules.wording import reason
from hotline.steps.answer import answer_member
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holding import release
from hotline.steps.members import members_at, move_member
from hotline.steps.open_reward import open_due
from hotline.steps.outbox import tell_reporter
from hotline.steps.publications import closed_otherwise
from hotline.steps.texts import current_texts
from hotline.steps.transition import OrderChange, Target


async def close(
    target: Target, *, interim: bool = False, left: str = "", by: Actor, now: datetime
) -> None:
    """Closes the order and its reports; reward and publication are cases of their own.

    `left`: of 阶段性办结, what is still to be done. The department goes on holding it, and the
    pack's term says by when it is looked at again.
    """
    async with desk_transition(target, Step.CLOSE, by, now) as change:
        order = change.order
        if interim:
            change.stage = _interim(order)
        check_kinds(order.kinds)
        check_finding(order.finding)
        change.detail |= {"interim": interim}
        await _close_members(change, await _reply(order))
        order.closed_at, order.stage = now, change.stage.value
        order.interim_left = change.detail["left"] = reason(left) if interim else ""
        if not interim:
            await release(order, now)
        pack = await pack_of(order)
        await turn_order_clocks(order, pack, Step.CLOSE, now)
        await closed_otherwise(order, change.stage, pack, now)
        await open_due(order, now)


def _interim(order: WorkOrder) -> OrderStage:
    if order.stage == OrderStage.CLOSED_INTERIM:
        raise StepRefused("close.interim_already")
    return OrderStage.CLOSED_INTERIM


async def _reply(order: WorkOrder) -> OrderText:
    reply = (await current_texts(order)).get(TextKind.REPLY)
    if reply is None or reply.approved_at is None:
        raise StepRefused("close.no_reply")
    return reply


async def _close_members(change: OrderChange, reply: OrderText) -> None:
    """A report that joined after the answer is answered first: nobody is closed unanswered.

    Who was told of 阶段性办结 is told of 办结 too.
    """
    stages = {RequestStage.ACCEPTED, RequestStage.ANSWERED}
    if change.order.stage == OrderStage.CLOSED_INTERIM:
        stages.add(RequestStage.CLOSED)
    for request in await members_at(change.order, *stages):
        if request.stage == RequestStage.ACCEPTED:
            await answer_member(change, request, reply)
        await move_member(change, request, Step.CLOSE, {"interim": change.detail["interim"]})
        await tell_reporter(
            request, "request.closed", change.now, {"interim": change.detail["interim"]}
        )
