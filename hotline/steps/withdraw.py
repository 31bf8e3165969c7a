"""撤回诉求: one report is taken back; the order goes on until its last report is."""

from datetime import datetime
from typing import Final

from hotline.database import row, transaction
from hotline.errors import StepRefused
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import (
    ORDER_MOVES,
    check_may,
    next_order_stage,
    next_request_stage,
)
from hotline.rules.terms import ActorKind, OrderStage, RequestStage, Step
from hotline.rules.wording import reason, remark
from hotline.steps.clocks import stop_all
from hotline.steps.holding import release
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.own import MOST_MOVES, check_own, locked_order_of, order_of
from hotline.steps.resume import resume_answered
from hotline.steps.transition import (
    OrderChange,
    RequestChange,
    Target,
    locked_request,
    save_order,
    save_request,
)

LEFT: Final = """
SELECT count(*) AS n FROM membership m
JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL AND r.stage <> 'withdrawn'
"""


class _MovedMeanwhileError(Exception):
    """Another order holds the report than the one that was locked before it."""


async def withdraw(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """By the reporter, who owes no reason, or by the desk, which does."""
    check_may(Step.WITHDRAW, by)
    said = remark(why) if by.kind is ActorKind.REPORTER else reason(why)
    for _ in range(MOST_MOVES):
        try:
            return await _withdraw(target, said, by, now)
        except _MovedMeanwhileError:  # the order it is in now is locked first
            continue
    raise StepRefused("request.moved")


async def _withdraw(target: Target, said: str, by: Actor, now: datetime) -> None:
    async with transaction():
        await resume_answered(target, now)  # whoever has gone is not waited for
        order = await locked_order_of(target)
        request = await locked_request(target)
        stands = await order_of(target)
        if (order and order.id) != (stands and stands.id):
            raise _MovedMeanwhileError
        await check_own(request, order, by)
        stage = next_request_stage(RequestStage(request.stage), Step.WITHDRAW)
        await _take_back(RequestChange(request, by, now, stage, {"reason": said}))
        if order is not None and await _is_last(order):
            await _end(OrderChange(order, by, now, OrderStage(order.stage)))


async def _take_back(change: RequestChange) -> None:
    request: ServiceRequest = change.request
    request.leased_until = None
    await stop_all(request.tenant_id, request.id, "withdrawn", change.now)
    await save_request(change, Step.WITHDRAW)
    await tell_reporter(request, "request.withdrawn", change.now)


async def _is_last(order: WorkOrder) -> bool:
    left = await row(LEFT, order.tenant_id, order.id)
    return (
        left is not None
        and left["n"] == 0
        and (OrderStage(order.stage), Step.WITHDRAW) in ORDER_MOVES
    )


async def _end(change: OrderChange) -> None:
    order, now = change.order, change.now
    change.stage = next_order_stage(change.stage, Step.WITHDRAW)
    order.closed_at, order.next_due_at = now, None
    await stop_all(order.tenant_id, order.id, "withdrawn", now)
    await release(order, now)
    await save_order(change, Step.WITHDRAW)
    if order.lead:
        await tell_department(order, order.lead, "order.withdrawn", now, number=order.number)
