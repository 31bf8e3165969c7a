"""The shared write: lock the aggregate, ask the lifecycle, save, append one event, queue messages.

    async with order_transition(place, Step.SIGN, by, now) as change:
        change.order.signed_at = now

Nothing happens outside: no signal, no callback, no "after save".
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound, Stale
from hotline.records import ServiceRequest, WorkOrder
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may, check_open, next_order_stage, next_request_stage
from hotline.rules.terms import Aggregate, OrderStage, RequestStage, Step
from hotline.steps.append import Chain, Happening, append
from hotline.steps.recused import check_not_recused


@dataclass(frozen=True, slots=True)
class Target:
    """Which row a step is about, and the version its doer saw (None: whichever stands)."""

    tenant_id: str
    id: UUID
    seen: int | None = None


@dataclass
class OrderChange:
    """A 工单 under its lock, with what the step will have said."""

    order: WorkOrder
    by: Actor
    now: datetime
    stage: OrderStage
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass
class RequestChange:
    """A 来件 under its lock, with what the step will have said."""

    request: ServiceRequest
    by: Actor
    now: datetime
    stage: RequestStage
    detail: dict[str, Any] = field(default_factory=dict)


@asynccontextmanager
async def order_transition(
    target: Target, step: Step, by: Actor, now: datetime
) -> AsyncIterator[OrderChange]:
    """One step of a 工单 in one transaction. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(step, by)
    async with transaction():
        order = await locked_order(target)
        check_open(step, archived=order.archived_at is not None)
        await check_not_recused(order.tenant_id, order.id, by)
        stage = next_order_stage(OrderStage(order.stage), step)
        change = OrderChange(order, by, now, stage)
        yield change
        await save_order(change, step)


@asynccontextmanager
async def request_transition(
    target: Target, step: Step, by: Actor, now: datetime
) -> AsyncIterator[RequestChange]:
    """One step of a 来件 in one transaction. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(step, by)
    async with transaction():
        request = await locked_request(target)
        stage = next_request_stage(RequestStage(request.stage), step)
        change = RequestChange(request, by, now, stage)
        yield change
        await save_request(change, step)


async def locked_order(target: Target) -> WorkOrder:
    """The order's row, locked till the transaction ends.

    Not against rows that only refer to it: whoever rates a report holds the report and refers to
    the order, whoever answers holds the order and waits for the report.
    """
    found = WorkOrder.filter(tenant_id=target.tenant_id, id=target.id).select_for_update(
        no_key=True
    )
    order = await found.first()
    if order is None:
        raise NotFound("order")
    _check_seen(target, order.version)
    return order


async def locked_request(target: Target) -> ServiceRequest:
    """The report's row, locked till the transaction ends."""
    found = ServiceRequest.filter(tenant_id=target.tenant_id, id=target.id).select_for_update(
        no_key=True
    )
    request = await found.first()
    if request is None:
        raise NotFound("request")
    _check_seen(target, request.version)
    return request


async def save_order(change: OrderChange, step: Step) -> None:
    """Write the order's new state and its event."""
    order = change.order
    order.stage, order.version = change.stage.value, order.version + 1
    await put(order)
    chain = Chain(order.tenant_id, Aggregate.ORDER, order.id)
    happening = Happening(step, change.stage.value, change.by, change.now)
    await append(chain, happening, change.detail)


async def save_request(change: RequestChange, step: Step) -> None:
    """Write the report's new state and its event."""
    request = change.request
    request.stage, request.version = change.stage.value, request.version + 1
    await put(request)
    chain = Chain(request.tenant_id, Aggregate.REQUEST, request.id)
    happening = Happening(step, change.stage.value, change.by, change.now)
    await append(chain, happening, change.detail)


def _check_seen(target: Target, stands: int) -> None:
    if target.seen is not None and target.seen != stands:
        raise Stale(target.seen, stands)
