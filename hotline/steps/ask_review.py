"""申请复查、复核: a reporter who does not accept the answer asks the body above to look at it."""

from datetime import datetime
from typing import Final

from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Clock, Review, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.clocks import due, is_over
from hotline.rules.redaction import mask
from hotline.rules.report import LONGEST_TEXT, SHORTEST_TEXT
from hotline.rules.reviewing import (
    RIGHTS,
    ReviewKind,
    ReviewOutcome,
    body_above,
    next_kind,
)
from hotline.rules.terms import Step
from hotline.rules.wording import plain
from hotline.steps.clocks import start_request_clocks, stop_clocks
from hotline.steps.desk import pack_of
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import RequestChange, Target, request_transition
from hotline.steps.vault import opened

# one that had the matter taken up again opens the way anew
STANDS: Final = (ReviewOutcome.UPHELD.value, ReviewOutcome.CHANGED.value)


async def ask_review(target: Target, text: str, *, by: Actor, now: datetime) -> ReviewKind:
    """Within the term from the answer, or from the 复查; sealed as told, masked for the desk."""
    said = _said(text)
    async with request_transition(target, Step.ASK_REVIEW, by, now) as change:
        order = await order_of(target)
        if order is None:
            raise NotFound("order")
        await check_own(change.request, order, by)
        held = Review.filter(tenant_id=target.tenant_id, request_id=target.id)
        before = await held.order_by("asked_at")
        kind = _kind(before)
        pack = await pack_of(order)
        await _check_in_time(change.request, order, pack, kind, now)
        last = before[-1].body if kind is ReviewKind.RECHECK else order.lead
        await _keep(change, order, kind, body_above(pack.departments, last), said)
        await stop_clocks(target.tenant_id, target.id, pack, Step.ASK_REVIEW, now)
        await start_request_clocks(change.request, pack, Step.ASK_REVIEW, now)
        await tell_reporter(change.request, "request.review_asked", now)
    return kind


def _said(text: str) -> str:
    said = plain(text)
    if len(said) < SHORTEST_TEXT:
        raise StepRefused("text.too_short", least=SHORTEST_TEXT)
    if len(said) > LONGEST_TEXT:
        raise StepRefused("text.too_long", most=LONGEST_TEXT)
    return said


def _kind(before: list[Review]) -> ReviewKind:
    decided = {ReviewKind(one.kind) for one in before if one.outcome in STANDS}
    waiting = {ReviewKind(one.kind) for one in before if one.decided_at is None}
    return next_kind(decided, waiting)


async def _check_in_time(
    request: ServiceRequest, order: WorkOrder, pack: Pack, kind: ReviewKind, now: datetime
) -> None:
    """By the running right; where none was begun (an answer of before), counted from the answer."""
    code = RIGHTS[kind]
    begun = Clock.filter(tenant_id=request.tenant_id, holder_id=request.id, scheme=code)
    last = await begun.order_by("-started_at").first()
    if last is not None:
        if last.stopped_at is not None or now > last.due_at:
            raise StepRefused("review.too_late", due=last.due_on)
        return
    scheme = next((one for one in pack.schemes if one.code == code), None)
    if scheme is None or order.answered_at is None:
        raise StepRefused("review.not_open")
    end = due(scheme, order.answered_at, pack.calendar)
    if is_over(end, now):
        raise StepRefused("review.too_late", due=end.on)


async def _keep(
    change: RequestChange, order: WorkOrder, kind: ReviewKind, body: str | None, said: str
) -> None:
    request, row_id = change.request, new_id()
    _, envelope = await opened(request)
    await Review.create(
        id=row_id,
        tenant_id=request.tenant_id,
        request_id=request.id,
        order_id=order.id,
        kind=kind.value,
        body=body,
        asked_at=change.now,
        sealed=envelope.seal(f"review:{row_id}", said.encode()),
        text=mask(said).text,
    )
    change.detail |= {"review": kind, "length": len(said)}
    if body is not None:
        await tell_department(order, body, "order.review_asked", change.now, number=order.number)
