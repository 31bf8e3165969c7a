"""The reports of an order, locked after it in ascending id; each keeps a history of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from hotline.database import rows
from hotline.records import ServiceRequest, WorkOrder
from hotline.records.writing import gathering
from hotline.rules.lifecycle import next_request_stage
from hotline.rules.terms import Aggregate, RequestStage, Step
from hotline.steps.append import follow_all
from hotline.steps.clocks import stop_clocks
from hotline.steps.desk import pack_of
from hotline.steps.transition import OrderChange, RequestChange, save_request

AT_ONCE: Final = 500  # reports written by one statement

MEMBERS = """
SELECT r.id FROM membership m JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL ORDER BY r.id
FOR NO KEY UPDATE OF r
"""


async def locked_members(order: WorkOrder) -> list[ServiceRequest]:
    """Every report that is in the order now."""
    found = await rows(MEMBERS, order.tenant_id, order.id)
    ids = [row["id"] for row in found]
    return await ServiceRequest.filter(tenant_id=order.tenant_id, id__in=ids).order_by("id")


async def members_at(order: WorkOrder, *stages: RequestStage) -> list[ServiceRequest]:
    """Those of them that stand at one of these stages."""
    return [request for request in await locked_members(order) if request.stage in stages]


async def move_member(
    change: OrderChange,
    request: ServiceRequest,
    step: Step,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """One report takes the step with its order: one event in its own history."""
    order, now = change.order, change.now
    stage = next_request_stage(RequestStage(request.stage), step)
    said = {"order": order.number, **(detail or {})}
    await stop_clocks(request.tenant_id, request.id, await pack_of(order), step, now)
    await save_request(RequestChange(request, change.by, now, stage, said), step)


async def move_together(
    change: OrderChange,
    requests: Sequence[ServiceRequest],
    step: Step,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Many reports take a step that ends no term; one event each, by few statements."""
    said = {"order": change.order.number, **(detail or {})}
    moved = [
        RequestChange(
            request,
            change.by,
            change.now,
            next_request_stage(RequestStage(request.stage), step),
            said,
        )
        for request in requests
    ]
    await save_together(moved, step)


async def save_together(changes: Sequence[RequestChange], step: Step) -> None:
    """The new state of many reports and an event each."""
    for at in range(0, len(changes), AT_ONCE):
        some = changes[at : at + AT_ONCE]
        async with gathering():
            ids = [change.request.id for change in some]
            await follow_all(some[0].request.tenant_id, Aggregate.REQUEST, ids)
            for change in some:
                await save_request(change, step)
