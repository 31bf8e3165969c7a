"""From the public number in an address to the row a step is about."""

from hotline.errors import NotFound
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.numbering import asked
from hotline.steps.transition import Target


async def order_at(tenant_id: str, number: str, seen: int | None = None) -> Target:
    """The 工单 of a number, with the version its doer saw."""
    order = await WorkOrder.get_or_none(tenant_id=tenant_id, number=asked(number))
    if order is None:
        raise NotFound("order")
    return Target(tenant_id, order.id, seen)


async def request_at(tenant_id: str, number: str, seen: int | None = None) -> Target:
    """The 来件 of a number, with the version its doer saw."""
    request = await ServiceRequest.get_or_none(tenant_id=tenant_id, number=asked(number))
    if request is None:
        raise NotFound("request")
    return Target(tenant_id, request.id, seen)
