"""奖励告知: the first reporter hears that there is something to claim; from then on the term runs.

By the clock, a moment after the approval. Whoever left no address reads it on the progress page.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta

from hotline.errors import StepRefused
from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward_scheme import RewardScheme, scheme_called
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import ActorKind, Step
from hotline.steps.outbox import tell_reporter
from hotline.steps.reward_case import own_transition

CLOCK = Actor(ActorKind.SYSTEM, "clock")
AT_ONCE = 200


async def tell_approved(now: datetime) -> int:
    """Every approved case that nobody was told of yet; how many."""
    waiting = RewardCase.filter(stage=RewardStage.APPROVED.value).order_by("approved_at")
    told = 0
    for case in await waiting.limit(AT_ONCE):
        with suppress(StepRefused):  # revoked this very moment
            await tell(case, now)
            told += 1
    return told


async def tell(case: RewardCase, now: datetime) -> None:
    """One of them. StepRefused when it was told or revoked meanwhile."""
    async with own_transition(case, Step.TELL_REWARD, CLOCK, now) as change:
        held = change.case
        held.told_at = now
        await begin_term(held, now)
        request = await ServiceRequest.get(tenant_id=held.tenant_id, id=held.request_id)
        await tell_reporter(request, "request.reward_approved", now)
        change.detail |= {"claim_until": f"{held.claim_until or ''}"}


async def begin_term(case: RewardCase, now: datetime) -> None:
    """领取期限 from today: when it is told, and anew when the claimant could do nothing meanwhile.

    A scheme that the packs know no more, or that names no term, ends no case by itself.
    """
    schemes = (await packs()).pack(case.jurisdiction).rewards
    case.claim_until = last_day(scheme_called(schemes, case.scheme), now)


def last_day(scheme: RewardScheme | None, now: datetime) -> date | None:
    """None: the scheme does not say."""
    if scheme is None or scheme.claim_days is None:
        return None
    return now.astimezone(SHANGHAI).date() + timedelta(days=scheme.claim_days)
