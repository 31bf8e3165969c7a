"""转送的共同部分: where an order or a report has gone to, as long as it is there."""

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import Forwarding, ServiceRequest
from hotline.steps.transition import Target


async def open_forwarding(target: Target) -> Forwarding:
    """Of an order or of a report that went by itself. StepRefused when it was with another."""
    for holder in ("order_id", "request_id"):
        held = {"tenant_id": target.tenant_id, holder: target.id, "returned_at": None}
        if one := await Forwarding.filter(**held).first():
            return one
    raise StepRefused("forward.with_its_order")


async def request_pack(request: ServiceRequest) -> Pack:
    """The rules a report is handled by."""
    return (await packs()).pack(request.jurisdiction)
