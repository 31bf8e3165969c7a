"""补充: facts a reporter adds afterwards; sealed as told, masked for the desk."""

from datetime import datetime

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.records import Supplement, new_id
from hotline.rules.actor import Actor
from hotline.rules.redaction import mask
from hotline.rules.report import LONGEST_TEXT, SHORTEST_TEXT
from hotline.rules.terms import Step
from hotline.rules.wording import plain
from hotline.steps.outbox import tell_department
from hotline.steps.own import check_not_over, check_own, order_of
from hotline.steps.resume import resume_answered
from hotline.steps.transition import RequestChange, Target, request_transition
from hotline.steps.vault import opened


async def supplement(target: Target, text: str, *, by: Actor, now: datetime) -> None:
    """By the reporter, or by the desk for a caller; the department that leads is told."""
    said = plain(text)
    if len(said) < SHORTEST_TEXT:
        raise StepRefused("text.too_short", least=SHORTEST_TEXT)
    if len(said) > LONGEST_TEXT:
        raise StepRefused("text.too_long", most=LONGEST_TEXT)
    async with transaction():
        # by whichever way, these are the reporter's words; an order is locked before its reports
        await resume_answered(target, now)
        await _add(target, said, by, now)


async def _add(target: Target, said: str, by: Actor, now: datetime) -> None:
    async with request_transition(target, Step.SUPPLEMENT, by, now) as change:
        order = await order_of(target)
        await check_own(change.request, order, by)
        check_not_over(change.request)
        await _keep(change, said)
        if order is not None and order.lead:
            await tell_department(order, order.lead, "order.supplemented", now, number=order.number)


async def _keep(change: RequestChange, said: str) -> None:
    request, row_id = change.request, new_id()
    _, envelope = await opened(request)
    await Supplement.create(
        id=row_id,
        tenant_id=request.tenant_id,
        request_id=request.id,
        at=change.now,
        sealed=envelope.seal(f"supplement:{row_id}", said.encode()),
        text=mask(said).text,
    )
    change.detail |= {"length": len(said)}
