"""敏感问题识别: a matter that has become sensitive waits for a person, and duty is told."""

from datetime import datetime
from typing import Final

from hotline.policy.pack import Pack
from hotline.records import Message, Referral, ServiceRequest, WorkOrder, new_id
from hotline.records.writing import add
from hotline.rules.actor import Actor
from hotline.rules.message import DUTY
from hotline.rules.sensitive import Told, sensitive
from hotline.rules.terms import ActorKind
from hotline.steps.call_duty import first_called
from hotline.steps.refer import Referring, opened

SERVICE: Final = Actor(ActorKind.SYSTEM, "sensitive")
KIND: Final = "sensitive"
TEMPLATE: Final = "duty.sensitive"


async def flag_sensitive(
    order: WorkOrder, request: ServiceRequest, pack: Pack, now: datetime
) -> None:
    """Inside the decision's gathering. Once a matter: what a person said of it stands."""
    if order.historical or pack.referring.kind(KIND) is None:
        return
    marks = sensitive(pack.referring.sensitive, _told(order, request))
    if not marks or await _known(order):
        return
    await opened(order, Referring(KIND, marks=marks), pack, by=SERVICE, now=now)
    await _tell(order, now)


def _told(order: WorkOrder, request: ServiceRequest) -> Told:
    return Told(
        words=(request.title, request.text, request.landmark),
        channel=request.channel,
        signatories=request.signatories or 0,
        reports=order.report_count,
    )


async def _known(order: WorkOrder) -> bool:
    return await Referral.exists(tenant_id=order.tenant_id, order_id=order.id, kind=KIND)


async def _tell(order: WorkOrder, now: datetime) -> None:
    """In a thread of its own for each, so that nothing else waits for it."""
    for staff_id, watch in (await first_called(order.tenant_id, order.jurisdiction, now)).items():
        message = Message(
            id=new_id(),
            tenant_id=order.tenant_id,
            thread=f"sensitive:{order.id}:{staff_id}"[:96],
            seq=0,
            template=TEMPLATE,
            recipient=DUTY,
            staff_id=staff_id,
            order_id=order.id,
            fill={"watch": str(watch.id)} if watch else {},
            state="queued",
            available_at=now,
            created_at=now,
        )
        await add(message)
