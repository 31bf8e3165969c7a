"""奖励告知: the first reporter hears that there is something to claim; from then on the term runs.

By the clock, a moment after the approval. Whoever left no address reads it on the progress page.
"""

from datetime import datetime, timedelta

from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward_scheme import scheme_called
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import ActorKind, Step
from hotline.steps.outbox import tell_reporter
from hotline.steps.reward_case import own_transition

CLOCK = Actor(ActorKind.SYSTEM, "clock")
AT_ONCE = 200


async def tell_approved(now: datetime) -> int:
    """Every approved case that nobody was told of yet; how many."""
    waiting = RewardCase.filter(stage=RewardStage.APPROVED.value).order_by("approved_at")
    found = await waiting.limit(AT_ONCE)
    for case in found:
        await tell(case, now)
    return len(found)


async def tell(case: RewardCase, now: datetime) -> None:
    """One of them. StepRefused when it was told or revoked meanwhile."""
    async with own_transition(case, Step.TELL_REWARD, CLOCK, now) as change:
        held = change.case
        held.told_at = now
        scheme = scheme_called((await packs()).pack(held.jurisdiction).rewards, held.scheme)
        if scheme is not None and scheme.claim_days is not None:
            last = now.astimezone(SHANGHAI).date() + timedelta(days=scheme.claim_days)
            held.claim_until = last
        request = await ServiceRequest.get(tenant_id=held.tenant_id, id=held.request_id)
        await tell_reporter(request, "request.reward_approved", now)
        change.detail |= {"claim_until": f"{held.claim_until or ''}"}
