"""复查、复核意见: the body above upholds the answer, changes it, or has it done again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.records import Review, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may, check_open
from hotline.rules.reviewing import ReviewKind, ReviewOutcome, check_decider
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import letter
from hotline.steps.clocks import start_request_clocks, stop_clocks
from hotline.steps.desk import pack_of
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.own import check_covered, locked_order_of
from hotline.steps.recused import check_not_recused
from hotline.steps.redo import redo
from hotline.steps.transition import Target, request_transition

ANSWERED: Final = """
SELECT written_by AS who FROM order_text WHERE tenant_id = $1 AND order_id = $2
UNION SELECT approved_by FROM order_text
WHERE tenant_id = $1 AND order_id = $2 AND approved_by IS NOT NULL
UNION SELECT decided_by FROM review WHERE tenant_id = $1 AND order_id = $2 AND request_id = $3
  AND decided_by IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is decided, and the written opinion as the reporter reads it."""

    outcome: ReviewOutcome
    text: str


async def review(target: Target, ask: Opinion, *, by: Actor, now: datetime) -> None:
    """Of the report's request that waits. After 复核 it is final."""
    check_may(Step.REVIEW, by)
    said = letter(ask.text)
    async with transaction():
        order = await locked_order_of(target)  # before the report, as every step that needs both
        if order is None:
            raise NotFound("order")
        await check_not_recused(order.tenant_id, order.id, by)
        async with request_transition(target, Step.REVIEW, by, now) as change:
            request = change.request
            await check_covered(request, by)
            one = await _waiting(target)
            check_decider(by, one.body, await _answered(order, target))
            await Review.filter(tenant_id=one.tenant_id, id=one.id).update(
                decided_by=by.id, decided_at=now, outcome=ask.outcome.value, opinion=said
            )
            pack = await pack_of(order)
            await stop_clocks(target.tenant_id, target.id, pack, Step.REVIEW, now)
            if one.kind == ReviewKind.REVIEW and ask.outcome is not ReviewOutcome.REDO:
                await start_request_clocks(request, pack, Step.REVIEW, now)
            change.detail |= {"review": one.kind, "outcome": ask.outcome}
            await tell_reporter(request, "request.reviewed", now)
        if order.lead:
            await tell_department(order, order.lead, "order.reviewed", now, number=order.number)
        if ask.outcome is ReviewOutcome.REDO and request.stage != RequestStage.ACCEPTED:
            check_open(Step.REDO, archived=order.archived_at is not None)
            await redo(Target(order.tenant_id, order.id), said[:1000], by=by, now=now)


async def _waiting(target: Target) -> Review:
    held = Review.filter(tenant_id=target.tenant_id, request_id=target.id, decided_at=None)
    if (one := await held.first()) is None:
        raise StepRefused("review.not_asked")
    return one


async def _answered(order: WorkOrder, target: Target) -> set[str]:
    found = await rows(ANSWERED, order.tenant_id, order.id, target.id)
    return {one["who"] for one in found}
