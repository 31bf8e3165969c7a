"""审核通过并答复: another person than the writer approves; every reporter is answered."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import OrderText, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.checking import check_agrees
from hotline.rules.completeness import check_texts
from hotline.rules.terms import RequestStage, Step, TextKind
from hotline.steps.check import last_visit
from hotline.steps.clocks import start_request_clocks, turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.members import members_at, move_member
from hotline.steps.open_reward import open_due
from hotline.steps.outbox import tell_reporter
from hotline.steps.publications import result_formed
from hotline.steps.texts import current_texts
from hotline.steps.transition import OrderChange, Target


async def answer(target: Target, *, by: Actor, now: datetime) -> None:
    """Approves the three texts as they stand and tells each reporter."""
    async with desk_transition(target, Step.ANSWER, by, now) as change:
        order = change.order
        texts = await current_texts(order)
        check_texts(texts.keys())
        await _check_visits(order, texts[TextKind.RESULT])
        await _approve(texts, by, now)
        order.answered_at = now
        change.detail |= {"texts": {kind.value: text.version for kind, text in texts.items()}}
        pack = await pack_of(order)
        await turn_order_clocks(order, pack, Step.ANSWER, now)
        await result_formed(order, pack, Step.ANSWER, now)
        for request in await members_at(order, RequestStage.ACCEPTED):
            await answer_member(change, request, texts[TextKind.REPLY])
        await open_due(order, now)


async def answer_member(change: OrderChange, request: ServiceRequest, reply: OrderText) -> None:
    """One reporter is answered with the approved 答复意见."""
    await move_member(change, request, Step.ANSWER, {"version": reply.version})
    pack = await pack_of(change.order)
    await start_request_clocks(request, pack, Step.ANSWER, change.now)
    await tell_reporter(request, "request.answered", change.now, {"text": str(reply.id)})


async def _check_visits(order: WorkOrder, result: OrderText) -> None:
    """核查 that found otherwise must be met by a result written since."""
    if visit := await last_visit(order):
        check_agrees(visit.outcome, visit.at, result.written_at)


async def _approve(texts: dict[TextKind, OrderText], by: Actor, now: datetime) -> None:
    if by.is_one_of(*(text.written_by for text in texts.values())):
        raise StepRefused("answer.own_text")
    for text in texts.values():
        await OrderText.filter(tenant_id=text.tenant_id, id=text.id).update(
            approved_by=by.id, approved_at=now
        )
