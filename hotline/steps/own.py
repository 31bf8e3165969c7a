"""A reporter acts on the own report alone, a partner on what it sent, staff on what they see."""

from contextlib import suppress
from typing import Final

from hotline.database import row, transaction
from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, RequestStage
from hotline.steps.recused import check_not_recused
from hotline.steps.transition import Target, locked_order

# nothing is added to these any more: a new report is
OVER = frozenset(
    {
        RequestStage.REFUSED,
        RequestStage.ANSWERED_ON_SPOT,
        RequestStage.WITHDRAWN,
        RequestStage.CLOSED,
        RequestStage.FORWARDED,
    }
)

MOST_MOVES: Final = 8  # whoever merges and parts that often in a moment will pause
ORDER_OF = """
SELECT order_id FROM membership WHERE tenant_id = $1 AND request_id = $2 AND to_at IS NULL
"""


SENT_BY = """
SELECT 1 FROM delivery WHERE tenant_id = $1 AND request_id = $2 AND channel = $3
"""


async def check_own(request: ServiceRequest, order: WorkOrder | None, by: Actor) -> None:
    """NotAllowed for another reporter's, NotFound for another partner's or beyond sight."""
    if by.kind is ActorKind.REPORTER and by.id != str(request.id):
        raise NotAllowed("request")
    if by.kind is ActorKind.PARTNER:
        sent = await row(SENT_BY, request.tenant_id, request.id, by.id)
        if sent is None:
            raise NotFound("request")
    await check_covered(request, by)
    if by.kind is ActorKind.STAFF:
        if order is not None:
            await check_not_recused(order.tenant_id, order.id, by)
        sight = await sight_of(by)
        if not sight.holds({order.lead or ""} if order else set()):
            raise NotAllowed("request")


async def check_covered(request: ServiceRequest, by: Actor) -> None:
    """NotFound for a report of another jurisdiction, or of kinds the post is not for."""
    if by.kind is ActorKind.STAFF and not await in_sight(request, by):
        raise NotFound("request")


async def in_sight(holder: ServiceRequest | WorkOrder, by: Actor) -> bool:
    """Whether its place and kinds are this person's; what is in their own hands always is."""
    sight = await sight_of(by)
    if not sight.covers(holder.tenant_id, holder.jurisdiction):
        return False
    if not sight.kinds:
        return True
    if isinstance(holder, WorkOrder):
        return sight.takes(holder.kinds, holder.handler_id)
    order = await order_of(Target(holder.tenant_id, holder.id))
    return sight.takes(order.kinds, order.handler_id) if order else sight.takes(holder.kinds)


def check_not_over(request: ServiceRequest) -> None:
    """StepRefused when nothing can be added any more."""
    if RequestStage(request.stage) in OVER:
        raise StepRefused("request.over", stage=request.stage)


class _MovedMeanwhileError(Exception):
    """The report is in another order than the one whose lock was waited for."""


async def locked_order_of(target: Target) -> WorkOrder | None:
    """The order a report is in, locked before the report itself; None when it is in none."""
    for _ in range(MOST_MOVES):
        with suppress(_MovedMeanwhileError):
            return await _locked_order_of(target)
    raise StepRefused("request.moved")


async def _locked_order_of(target: Target) -> WorkOrder | None:
    found = await row(ORDER_OF, target.tenant_id, target.id)
    if found is None:
        return None
    async with transaction():  # within the one at hand: what was locked in vain is let go
        order = await locked_order(Target(target.tenant_id, found["order_id"]))
        if await row(ORDER_OF, target.tenant_id, target.id) != found:
            raise _MovedMeanwhileError
        return order


async def order_of(target: Target) -> WorkOrder | None:
    """The order a report is in, as it stands, without a lock."""
    found = await row(ORDER_OF, target.tenant_id, target.id)
    if found is None:
        return None
    return await WorkOrder.get(tenant_id=target.tenant_id, id=found["order_id"])
