"""敏感问题识别: a matter that has become sensitive waits for a person, and duty is told."""

from datetime import datetime
from typing import Final

from hotline.policy.pack import Pack
from hotline.records import Referral, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.sensitive import Told, sensitive
from hotline.rules.terms import ActorKind
from hotline.steps.refer import Referring, opened

SERVICE: Final = Actor(ActorKind.SYSTEM, "sensitive")
KIND: Final = "sensitive"


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


def _told(order: WorkOrder, request: ServiceRequest) -> Told:
    return Told(
        words=(request.title, request.text, request.landmark),
        channel=request.channel,
        signatories=request.signatories or 0,
        reports=order.report_count,
    )


async def _known(order: WorkOrder) -> bool:
    return await Referral.exists(tenant_id=order.tenant_id, order_id=order.id, kind=KIND)
