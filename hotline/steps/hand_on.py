"""移交受理: 分别受理, a report or an order goes to the accepting body whose it is, with the reason.

What was promised to the reporter runs on, charged to whoever had it: the term that all bodies
share does not begin anew because two of them differ. A term that the pack gives one body alone
begins and ends with that body having it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import ServiceRequest, WorkOrder
from hotline.records.handed import handings
from hotline.rules.accepting import check_handing, own_desk
from hotline.rules.actor import Actor
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import reason_told
from hotline.steps.by_person import check_body
from hotline.steps.clocks import start_term, stop_begun, stop_terms
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.holding import release
from hotline.steps.members import members_at, move_member
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.own import check_own
from hotline.steps.transition import Target, request_transition


@dataclass(frozen=True, slots=True)
class HandingOn:
    """To which accepting body, and the reason as reporters read it."""

    body: str
    reason: str


async def hand_on_report(target: Target, ask: HandingOn, *, by: Actor, now: datetime) -> None:
    """A report that nobody has decided yet."""
    why = reason_told(ask.reason)
    async with request_transition(target, Step.HAND_ON, by, now) as change:
        request = change.request
        if request.stage != RequestStage.TRIAGE:  # one that is accepted goes with its order
            raise StepRefused("request.not_now", stage=request.stage, step=Step.HAND_ON.value)
        await check_own(request, None, by)
        pack = (await packs()).pack(request.jurisdiction)
        change.detail |= await _checked(request, pack, ask, by)
        change.detail["reason"] = why
        await _give(request, pack, ask.body, now)


async def hand_on(target: Target, ask: HandingOn, *, by: Actor, now: datetime) -> None:
    """An order that is not in work yet: it keeps its number, and the other body hands it on."""
    why = reason_told(ask.reason)
    async with desk_transition(target, Step.HAND_ON, by, now) as change:
        order, pack = change.order, await pack_of(change.order)
        first = await ServiceRequest.get(tenant_id=order.tenant_id, id=order.first_request_id)
        said = {**await _checked(first, pack, ask, by), "reason": why}
        if order.ruled and own_desk(pack.accepting, by.department):
            raise StepRefused("hand_on.ruled")
        change.detail |= said
        await _lay_down(order, pack, now)
        for request in await members_at(order, RequestStage.ACCEPTED):
            await _give(request, pack, ask.body, now)
            await move_member(change, request, Step.HAND_ON, said)


async def _checked(
    request: ServiceRequest, pack: Pack, ask: HandingOn, by: Actor
) -> dict[str, Any]:
    """What the event says. NotFound at the desk of a body that does not have it."""
    await check_body(request, by)
    if ask.body not in pack.accepting:
        raise StepRefused("hand_on.unknown")
    before = await handings(request.tenant_id, request.id)
    had = {one["before"] for one in before if one["before"]}
    desk = own_desk((await packs()).pack(by.jurisdiction).accepting, by.department)
    check_handing(ask.body, request.body, had, desk)
    return {
        "body_before": request.body,
        "body_code": ask.body,
        "taken_by": pack.department(ask.body).name,
    }


async def _give(request: ServiceRequest, pack: Pack, body: str, now: datetime) -> None:
    await turn_terms(request, pack, body, now)
    request.body = body
    await tell_reporter(request, "request.handed_on", now, {"handed": body})


async def turn_terms(request: ServiceRequest, pack: Pack, body: str, now: datetime) -> None:
    """Of the terms that are one body's alone: the other's end, the new one's begin."""
    own = [one for one in pack.schemes if one.holder == "request" and one.bodies]
    ended = [one.code for one in own if body not in one.bodies]
    await stop_terms(request.tenant_id, request.id, ended, now)
    if request.historical or request.stage != RequestStage.TRIAGE:
        return
    begun = [one for one in own if one.starts == Step.REGISTER and body in one.bodies]
    for scheme in begun:
        if request.body not in scheme.bodies:
            await start_term(request.tenant_id, request.id, scheme, pack, now)


async def _lay_down(order: WorkOrder, pack: Pack, now: datetime) -> None:
    """Nobody holds it till the other body says who does."""
    if order.lead:
        await tell_department(order, order.lead, "order.handed_on", now, number=order.number)
    await stop_begun(order, pack, Step.DISPATCH, now)
    await release(order, now)
    order.lead, order.signed_at, order.handler_id = None, None, None
