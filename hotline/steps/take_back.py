"""转送退回: the body outside says with reasons that it is not its own; it is handled here again."""

from datetime import datetime

from hotline.database import transaction
from hotline.records import Clock, Forwarding, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may, next_request_stage
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import reason
from hotline.steps.clocks import stop_clocks
from hotline.steps.desk import desk_transition
from hotline.steps.forward import FORWARDED
from hotline.steps.forwarded import open_forwarding, request_pack
from hotline.steps.members import members_at, move_member
from hotline.steps.outbox import tell_reporter
from hotline.steps.own import check_covered
from hotline.steps.reclock import wake
from hotline.steps.transition import RequestChange, Target, locked_request, save_request


async def take_back(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """Of an order: its own terms run as if they had never stood still; a person hands it on."""
    said = reason(why)
    async with desk_transition(target, Step.TAKE_BACK, by, now) as change:
        one = await _returned(target, said, now)
        change.detail |= {"body": one.body, "reason": said}
        await wake(change.order, one.at, FORWARDED)
        for request in await members_at(change.order, RequestStage.FORWARDED):
            await move_member(change, request, Step.TAKE_BACK, {"body": one.body})
            await _go_on(request, one)
            await tell_reporter(request, "request.taken_back", now)


async def take_back_report(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """Of a report that went by itself: it waits at the triage desk again."""
    check_may(Step.TAKE_BACK, by)
    said = reason(why)
    async with transaction():
        request = await locked_request(target)
        stage = next_request_stage(RequestStage(request.stage), Step.TRIAGE)
        change = RequestChange(request, by, now, stage)
        await check_covered(request, by)
        one = await _returned(target, said, now)
        change.detail |= {"body": one.body, "reason": said, "cause": "forward.returned"}
        request.triage_cause = "forward.returned"
        pack = await request_pack(request)
        await stop_clocks(request.tenant_id, request.id, pack, Step.TAKE_BACK, now)
        await _go_on(request, one)
        await save_request(change, Step.TRIAGE)
        await tell_reporter(request, "request.taken_back", now)


async def _go_on(request: ServiceRequest, one: Forwarding) -> None:
    """The report's own terms that the forwarding had stopped."""
    pack = await request_pack(request)
    ended = [scheme.code for scheme in pack.schemes if Step.FORWARD in scheme.stops]
    stopped = Clock.filter(tenant_id=request.tenant_id, holder_id=request.id, stopped_at=one.at)
    await stopped.filter(scheme__in=ended).update(stopped_at=None, outcome=None)


async def _returned(target: Target, said: str, now: datetime) -> Forwarding:
    """Which it was; the reason stands in the history."""
    one = await open_forwarding(target)
    await Forwarding.filter(tenant_id=one.tenant_id, id=one.id).update(returned_at=now)
    return one
