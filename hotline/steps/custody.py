"""保密: who may be shown an identity at all, and whether a custodian has agreed."""

from datetime import datetime

from hotline.database import row
from hotline.errors import NotAllowed, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, accused_in
from hotline.policy.store import packs
from hotline.records import ServiceRequest, Supplement, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.sight import is_lead
from hotline.rules.terms import Role, Secrecy, Step

# a hotline's own people may call an anonymous reporter back; the handling department may not
HOTLINE = frozenset({Role.AGENT, Role.TRIAGE, Role.SUPERVISOR})
GRANTED = """
SELECT 1 FROM identity_ask
WHERE tenant_id = $1 AND request_id = $2 AND asked_by = $3 AND granted AND until > $4
"""


async def check_need(request: ServiceRequest, order: WorkOrder | None, by: Actor) -> None:
    """Whoever has nothing to do with it, and whoever is complained of, never sees who reported."""
    await check_not_accused(request, order, by)
    if by.roles & HOTLINE:
        return
    if order is None or not is_lead(by, order.lead):
        raise NotAllowed(Step.UNMASK.value)
    if request.secrecy == Secrecy.ANONYMOUS:
        raise StepRefused("unmask.anonymous")


async def check_not_accused(request: ServiceRequest, order: WorkOrder | None, by: Actor) -> None:
    """回避: by what the report says, whichever way the matter came to this desk."""
    if not by.department:
        return
    added = Supplement.filter(tenant_id=request.tenant_id, request_id=request.id)
    matter = Matter(
        tuple(request.kinds),
        (order.county if order else None) or request.county,
        (order.township if order else None) or request.township,
        also=tuple(order.also if order else request.also),
        target=request.target,
        told=(request.title, request.text, *[one.text for one in await added]),
    )
    if by.department in accused_in(await pack_for(request), matter):
        raise StepRefused("unmask.accused")


async def check_custodian(request: ServiceRequest, by: Actor, now: datetime) -> None:
    """StepRefused while the pack asks for a custodian and none has agreed."""
    custody = (await pack_for(request)).protection.custody
    if custody is None or not custody.binds(by):
        return
    if await row(GRANTED, request.tenant_id, request.id, by.id, now) is None:
        raise StepRefused("unmask.needs_custodian")


async def pack_for(request: ServiceRequest) -> Pack:
    """The rules the report is handled by."""
    return (await packs()).pack(request.jurisdiction)
