"""回访评价: 1-5, solved or not, in the reporter's words; may ask for 重办."""

from dataclasses import dataclass, field
from datetime import datetime

from hotline.errors import NotFound, StepRefused
from hotline.records import Feedback, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.redaction import mask
from hotline.rules.terms import Step
from hotline.rules.wording import plain
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import Target, request_transition
from hotline.steps.vault import opened

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Rating:
    """How the reporter finds the answer."""

    score: int
    solved: bool
    wants_redo: bool = False
    text: str = field(default="", repr=False)


async def follow_up(target: Target, ask: Rating, *, by: Actor, now: datetime) -> None:
    """One rating an answer: by the reporter, or by the agent who called back."""
    async with request_transition(target, Step.FOLLOW_UP, by, now) as change:
        order = await order_of(target)
        if order is None:
            raise NotFound("order")
        await check_own(change.request, order, by)
        await _check(change.request, order, ask)
        await _keep(change.request, order, ask, now)
        change.detail |= {
            "score": ask.score,
            "solved": ask.solved,
            "wants_redo": ask.wants_redo,
        }


async def _check(request: ServiceRequest, order: WorkOrder, ask: Rating) -> None:
    if not 1 <= ask.score <= 5:
        raise StepRefused("rating.score")
    if len(ask.text) > LONGEST:
        raise StepRefused("text.too_long", most=LONGEST)
    since = order.answered_at or order.opened_at
    given = Feedback.filter(  # what was put down for nobody could be asked stands in no one's way
        tenant_id=request.tenant_id, request_id=request.id, at__gte=since, by_default=False
    )
    if await given.exists():
        raise StepRefused("rating.given")


async def _keep(request: ServiceRequest, order: WorkOrder, ask: Rating, now: datetime) -> None:
    said, row_id = plain(ask.text), new_id()
    sealed = None
    if said:
        _, envelope = await opened(request)
        sealed = envelope.seal(f"feedback:{row_id}", said.encode())
    await Feedback.create(
        id=row_id,
        tenant_id=request.tenant_id,
        request_id=request.id,
        order_id=order.id,
        score=ask.score,
        solved=ask.solved,
        sealed=sealed,
        text=mask(said).text,
        wants_redo=ask.wants_redo,
        at=now,
    )
