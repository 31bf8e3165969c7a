"""回访尝试: an agent asks how the answer was found; after the pack's tries nobody is.

Without an answer there is no rating, unless the pack says which one then stands; it is marked so.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from hotline.database import rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Feedback, FollowUpTry, ServiceRequest, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.following_up import Asked, is_enough
from hotline.rules.terms import Step
from hotline.rules.wording import remark
from hotline.steps.desk import pack_of
from hotline.steps.follow_up import Rating, follow_up
from hotline.steps.own import check_own, order_of
from hotline.steps.transition import RequestChange, Target, request_transition

TRIED: Final = """
SELECT result FROM follow_up_try WHERE tenant_id = $1 AND request_id = $2 AND at >= $3
"""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it; the rating only when the reporter was reached."""

    result: Asked
    note: str = ""
    rating: Rating | None = None


async def try_follow_up(target: Target, ask: Attempt, *, by: Actor, now: datetime) -> None:
    """StepRefused when the answer that stands was rated, or nobody is to be asked again."""
    if (ask.result is Asked.REACHED) is (ask.rating is None):
        raise StepRefused("rating.score")
    async with transaction():
        await _record(target, ask, by, now)
        if ask.rating is not None:
            await follow_up(replace(target, seen=None), ask.rating, by=by, now=now)


async def _record(target: Target, ask: Attempt, by: Actor, now: datetime) -> None:
    async with request_transition(target, Step.TRY_FOLLOW_UP, by, now) as change:
        order = await order_of(target)
        if order is None or order.answered_at is None:
            raise NotFound("order")
        await check_own(change.request, order, by)
        most = (pack := await pack_of(order)).limit("follow_up")
        tries = await _tries(change.request, order, most)
        await FollowUpTry.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            request_id=change.request.id,
            order_id=order.id,
            by=by.id,
            at=now,
            result=ask.result.value,
            note=remark(ask.note),
        )
        change.detail |= {"tried": ask.result, "try": tries + 1}
        if ask.result is Asked.MISSED and is_enough(ask.result, tries + 1, most):
            await _by_default(change, order, pack)


async def _tries(request: ServiceRequest, order: WorkOrder, most: int) -> int:
    """How often this answer was asked about before."""
    since = order.answered_at
    given = Feedback.filter(tenant_id=request.tenant_id, request_id=request.id, at__gte=since)
    if await given.exists():
        raise StepRefused("rating.given")
    before = [one["result"] for one in await rows(TRIED, request.tenant_id, request.id, since)]
    if any(is_enough(Asked(one), len(before), most) for one in before):
        raise StepRefused("follow_up.enough")
    return len(before)


async def _by_default(change: RequestChange, order: WorkOrder, pack: Pack) -> None:
    """按规则默认: only where the pack says so, and never counted as what somebody said."""
    score = pack.limits.get("follow_up_default")
    if score is None:
        return
    await Feedback.create(
        id=new_id(),
        tenant_id=order.tenant_id,
        request_id=change.request.id,
        order_id=order.id,
        score=score,
        solved=True,
        by_default=True,
        at=change.now,
    )
    change.detail["by_default"] = score
