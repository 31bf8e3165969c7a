"""转送回执: the body outside has it under a number of its own, and every reporter is told so."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Forwarding, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.forwarding import their_number
from hotline.rules.terms import RequestStage, Step
from hotline.steps.clocks import stop_clocks
from hotline.steps.desk import desk_transition
from hotline.steps.forwarded import open_forwarding, request_pack
from hotline.steps.members import members_at, move_member
from hotline.steps.outbox import tell_reporter
from hotline.steps.own import check_covered
from hotline.steps.transition import Target, request_transition


async def confirm_forward(target: Target, number: str, *, by: Actor, now: datetime) -> None:
    """Of an order; once."""
    theirs = their_number(number)
    async with desk_transition(target, Step.CONFIRM_FORWARD, by, now) as change:
        one = await _confirmed(target, theirs, now)
        change.detail |= {"body": one.body, "their_number": theirs}
        for request in await members_at(change.order, RequestStage.FORWARDED):
            await move_member(change, request, Step.CONFIRM_FORWARD, change.detail)
            await _tell(request, one, now)


async def confirm_report(target: Target, number: str, *, by: Actor, now: datetime) -> None:
    """Of a report that went there by itself."""
    theirs = their_number(number)
    async with request_transition(target, Step.CONFIRM_FORWARD, by, now) as change:
        request = change.request
        await check_covered(request, by)
        one = await _confirmed(target, theirs, now)
        change.detail |= {"body": one.body, "their_number": theirs}
        pack = await request_pack(request)
        await stop_clocks(request.tenant_id, request.id, pack, Step.CONFIRM_FORWARD, now)
        await _tell(request, one, now)


async def _confirmed(target: Target, theirs: str, now: datetime) -> Forwarding:
    one = await open_forwarding(target)
    if one.confirmed_at is not None:
        raise StepRefused("forward.confirmed_already")
    await Forwarding.filter(tenant_id=one.tenant_id, id=one.id).update(
        their_number=theirs, confirmed_at=now
    )
    return one


async def _tell(request: ServiceRequest, one: Forwarding, now: datetime) -> None:
    await tell_reporter(request, "request.forward_confirmed", now, {"forwarding": str(one.id)})
