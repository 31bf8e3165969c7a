"""奖励撤销: what it rests on was changed before payment; the sum goes back to the budget."""

from datetime import datetime

from hotline.database import transaction
from hotline.records import RewardCase, ServiceRequest
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.give_back import give_back
from hotline.steps.open_reward import open_anew
from hotline.steps.outbox import tell_reporter
from hotline.steps.reward_case import Asked, reward_transition
from hotline.steps.top_up_reward import top_up_anew


async def revoke(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """What was counted again is opened as a new case. NotAllowed, NotFound, Stale, StepRefused."""
    async with transaction():
        async with reward_transition(which, Step.REVOKE_REWARD, by, now) as change:
            case, counted_again = change.case, change.case.recount_due
            await give_back(change, Step.REVOKE_REWARD)
            case.end_reason = reason(why)[:400]
            change.detail |= {"reason": case.end_reason}
            await tell_of_change(case, now)
        if counted_again and case.tops_up_id:
            await top_up_anew(case, change)
        elif counted_again:
            await open_anew(case, now)


async def tell_of_change(case: RewardCase, now: datetime) -> None:
    """Whoever was told of it is told again."""
    if case.told_at is not None:
        request = await ServiceRequest.get(tenant_id=case.tenant_id, id=case.request_id)
        await tell_reporter(request, "request.reward_changed", now)
