"""转送: a matter that is a body's outside goes there; every reporter is told where, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.policy.pack import Pack
from hotline.records import Forwarding, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.forwarding import Addressee, addressee
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import reason_told
from hotline.steps.by_person import Judgement, deciding
from hotline.steps.clocks import start_request_clocks, stop_begun
from hotline.steps.decide import take
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holding import release
from hotline.steps.members import members_at, move_member
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.reclock import rest
from hotline.steps.resume import stop_waiting
from hotline.steps.transition import OrderChange, Target

FORWARDED: Final = "forwarded"  # how the order's own terms stand still meanwhile


@dataclass(frozen=True, slots=True)
class Outward:
    """To which body, where the reporter finds it, and the reason as reporters read it."""

    body: str
    contact: str
    reason: str


async def forward(target: Target, ask: Outward, *, by: Actor, now: datetime) -> None:
    """A whole order: nobody here holds it any more, and its own terms stand still."""
    to, why = addressee(ask.body, ask.contact), reason_told(ask.reason)
    async with desk_transition(target, Step.FORWARD, by, now) as change:
        order, pack = change.order, await pack_of(change.order)
        one = _row(to, why, by, now)
        one.tenant_id, one.order_id = order.tenant_id, order.id
        await one.save(force_create=True)
        change.detail |= {"body": to.name, "contact": to.contact, "reason": why}
        if order.lead:
            await tell_department(order, order.lead, "order.forwarded", now, number=order.number)
        await _lay_down(order, pack, now)
        await _move_members(change, pack, one)


async def forward_report(target: Target, ask: Outward, *, by: Actor, now: datetime) -> None:
    """A report that nobody here has accepted."""
    to, why = addressee(ask.body, ask.contact), reason_told(ask.reason)
    async with deciding(target, Judgement(Step.FORWARD), by, now) as at:
        request = at.request
        one = _row(to, why, by, now)
        one.tenant_id, one.request_id = request.tenant_id, request.id
        await one.save(force_create=True)
        request.refuse_reason, request.refer_to = None, ""
        await take(at, Step.FORWARD, {"body": to.name, "contact": to.contact, "reason": why})
        await start_request_clocks(request, at.pack, Step.FORWARD, now)
        await _tell(request, one, now)


def _row(to: Addressee, why: str, by: Actor, now: datetime) -> Forwarding:
    return Forwarding(id=new_id(), body=to.name, contact=to.contact, reason=why, by=by.id, at=now)


async def _lay_down(order: WorkOrder, pack: Pack, now: datetime) -> None:
    await stop_waiting(order, pack, now)
    await stop_begun(order, pack, Step.DISPATCH, now)
    await rest(order, now, FORWARDED)
    await release(order, now)
    order.lead, order.signed_at, order.handler_id = None, None, None


async def _move_members(change: OrderChange, pack: Pack, one: Forwarding) -> None:
    for request in await members_at(change.order, RequestStage.ACCEPTED):
        await move_member(change, request, Step.FORWARD, {"body": one.body})
        await start_request_clocks(request, pack, Step.FORWARD, change.now)
        await _tell(request, one, change.now)


async def _tell(request: ServiceRequest, one: Forwarding, now: datetime) -> None:
    await tell_reporter(request, "request.forwarded", now, {"forwarding": str(one.id)})
