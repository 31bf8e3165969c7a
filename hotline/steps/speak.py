"""与反映人沟通: said by the house to a reporter, or back, by number and code, as often as needed.

Nobody's telephone is shown for it: a reporter who left one is told that there is something to read.
"""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import transaction
from hotline.errors import NotAllowed, StepRefused
from hotline.records import ServiceRequest, Turn, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.redaction import mask
from hotline.rules.sight import is_lead
from hotline.rules.terms import ActorKind, Step
from hotline.rules.wording import LONGEST_REASON, letter, plain
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.custody import HOTLINE, check_not_accused
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.own import check_not_over, check_own, order_of
from hotline.steps.resume import resume_answered
from hotline.steps.transition import RequestChange, Target, request_transition
from hotline.steps.vault import opened

OF_A_REPORT: Final = Limit(30, timedelta(days=1))


async def speak(target: Target, text: str, *, by: Actor, now: datetime) -> None:
    """StepRefused once the matter is over: then a new report is made, or a review asked for."""
    is_reporter = by.kind is ActorKind.REPORTER
    said = _said(plain(text) if is_reporter else letter(text))
    async with transaction():
        if is_reporter:  # whoever was asked has answered; an order is locked before its reports
            await resume_answered(target, now)
        await _add(target, said, by, now)


async def _add(target: Target, said: str, by: Actor, now: datetime) -> None:
    is_reporter = by.kind is ActorKind.REPORTER
    async with request_transition(target, Step.SPEAK, by, now) as change:
        request, order = change.request, await order_of(target)
        await check_own(request, order, by)
        check_not_over(request)
        if not is_reporter:
            await _check_speaker(request, order, by)
        who = Bucket(request.tenant_id, "speak", str(request.id))
        await count_attempt(who, OF_A_REPORT, now)
        await _keep(change, order, said)
        if not is_reporter:
            await tell_reporter(request, "request.spoken", now)
        elif order is not None and order.lead:
            await tell_department(order, order.lead, "order.spoken", now, number=order.number)


def _said(said: str) -> str:
    if not said:
        raise StepRefused("text.empty")
    if len(said) > LONGEST_REASON:
        raise StepRefused("text.too_long", most=LONGEST_REASON)
    return said


async def _check_speaker(request: ServiceRequest, order: WorkOrder | None, by: Actor) -> None:
    """The department that leads, or the hotline; never whoever is complained of."""
    await check_not_accused(request, order, by)
    if not by.roles & HOTLINE and (order is None or not is_lead(by, order.lead)):
        raise NotAllowed(Step.SPEAK.value)


async def _keep(change: RequestChange, order: WorkOrder | None, said: str) -> None:
    request, row_id = change.request, new_id()
    _, envelope = await opened(request)
    await Turn.create(
        id=row_id,
        tenant_id=request.tenant_id,
        request_id=request.id,
        order_id=order.id if order else None,
        by=None if change.by.kind is ActorKind.REPORTER else change.by.id,
        at=change.now,
        sealed=envelope.seal(f"turn:{row_id}", said.encode()),
        text=mask(said).text,
    )
    change.detail |= {"length": len(said)}
