"""期限: clocks start and stop with the steps the pack names; the order carries the nearest one."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.policy.pack import Pack
from hotline.records import Clock, ServiceRequest, WorkOrder, new_id
from hotline.records.writing import add, fresh, put
from hotline.rules.clocks import Due, Scheme, due, is_over
from hotline.rules.receiving import received
from hotline.rules.terms import Channel, OrderStage, Step

TOPICS: Final = {"request": "clocks", "order": "clocks", "referral": "referral"}


def since(request: ServiceRequest) -> datetime:
    """The moment from which the terms of a 来件 count."""
    channel = Channel(request.channel)
    return received(channel, request.registered_at, request.partner_received_at)


async def start_request_clocks(
    request: ServiceRequest, pack: Pack, step: Step, started: datetime
) -> None:
    """Start every term of a 来件 that this step starts. History starts none."""
    if request.historical:
        return
    for scheme in pack.schemes:
        if scheme.holder == "request" and scheme.starts == step and concerns(scheme, request):
            await start_term(request.tenant_id, request.id, scheme, pack, started)


async def start_order_clocks(order: WorkOrder, pack: Pack, step: Step, started: datetime) -> None:
    """Start every term of a 工单 that this step starts, and put the nearest on the order."""
    if order.historical:
        return
    interim = order.stage == OrderStage.CLOSED_INTERIM
    for scheme in pack.schemes:
        if scheme.holder == "order" and scheme.starts == step and scheme.interim <= interim:
            await start_term(order.tenant_id, order.id, scheme, pack, started)
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def turn_order_clocks(order: WorkOrder, pack: Pack, step: Step, now: datetime) -> None:
    """Stop and start the terms of a 工单 as the pack says for this step."""
    order.next_due_at = await stop_clocks(order.tenant_id, order.id, pack, step, now)
    await start_order_clocks(order, pack, step, now)


async def start_again(order: WorkOrder, pack: Pack, step: Step, now: datetime) -> None:
    """The terms that began with an earlier step of this kind are counted anew."""
    await stop_begun(order, pack, step, now)
    await start_order_clocks(order, pack, step, now)


async def stop_begun(order: WorkOrder, pack: Pack, step: Step, now: datetime) -> None:
    """The terms that this step began run no longer: it will be taken again."""
    begun = [scheme.code for scheme in pack.schemes if scheme.starts == step]
    running = Clock.filter(tenant_id=order.tenant_id, holder_id=order.id, stopped_at=None)
    await running.filter(scheme__in=begun).update(stopped_at=now, outcome="again")
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def stop_clocks(
    tenant_id: str, holder_id: UUID, pack: Pack, step: Step, now: datetime
) -> datetime | None:
    """Stop the terms this step stops; returns the nearest that still runs."""
    stopping = [scheme.code for scheme in pack.schemes if step in scheme.stops]
    await stop_terms(tenant_id, holder_id, stopping, now)
    return await next_due(tenant_id, holder_id)


async def stop_terms(
    tenant_id: str, holder_id: UUID, stopping: Collection[str], now: datetime
) -> None:
    """Stop those terms of a holder, kept or late."""
    for clock in await _running(tenant_id, holder_id):
        if clock.scheme in stopping:
            end = Due(clock.due_on, clock.due_at, clock.provisional)
            clock.stopped_at, clock.outcome = now, "late" if is_over(end, now) else "kept"
            await put(clock)


async def stop_all(tenant_id: str, holder_id: UUID, outcome: str, now: datetime) -> None:
    """Stop every term, as when a matter is withdrawn."""
    running = Clock.filter(tenant_id=tenant_id, holder_id=holder_id, stopped_at=None)
    await running.update(stopped_at=now, outcome=outcome)


async def next_due(tenant_id: str, holder_id: UUID) -> datetime | None:
    """The nearest running term: it drives the queue."""
    if (begun := fresh(Clock, holder_id)) is not None:
        ends = [one.due_at for one in _of(begun, holder_id) if not one.is_right]
        return min(ends, default=None)
    found = await row(
        "SELECT min(due_at) AS due_at FROM clock"
        " WHERE tenant_id = $1 AND holder_id = $2 AND stopped_at IS NULL AND NOT is_right",
        tenant_id,
        holder_id,
    )
    return found["due_at"] if found else None


async def _running(tenant_id: str, holder_id: UUID) -> list[Clock]:
    if (begun := fresh(Clock, holder_id)) is not None:
        return _of(begun, holder_id)
    return await Clock.filter(tenant_id=tenant_id, holder_id=holder_id, stopped_at=None)


def _of(begun: list[Clock], holder_id: UUID) -> list[Clock]:
    return [one for one in begun if one.holder_id == holder_id and one.stopped_at is None]


async def start_term(
    tenant_id: str, holder_id: UUID, scheme: Scheme, pack: Pack, started: datetime
) -> None:
    """One term of a pack, by its calendar."""
    term = due(scheme, started, pack.calendar)
    clock = Clock(
        id=new_id(),
        tenant_id=tenant_id,
        holder=scheme.holder,
        holder_id=holder_id,
        scheme=scheme.code,
        policy_version=pack.versions.get(TOPICS[scheme.holder]),
        started_at=started,
        unit=scheme.unit.value,
        count=scheme.count,
        rolls=scheme.rolls,
        provisional=term.provisional,
        is_right=scheme.is_right,
        due_on=term.on,
        due_at=term.at,
    )
    await add(clock)


def concerns(scheme: Scheme, request: ServiceRequest) -> bool:
    asked = (
        (scheme.wishes, request.wish),
        (scheme.channels, request.channel),
        (scheme.bodies, request.body),
    )
    return all(not wanted or given in wanted for wanted, given in asked)
