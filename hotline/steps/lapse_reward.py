"""奖励逾期: by the clock, the day after the last; never where the pack names no term."""

from datetime import datetime

from hotline.records import RewardCase
from hotline.rules.clocks import SHANGHAI
from hotline.rules.reward_stage import RewardStage
from hotline.rules.terms import Step
from hotline.steps.give_back import give_back
from hotline.steps.revoke_reward import tell_of_change
from hotline.steps.reward_case import own_transition
from hotline.steps.tell_reward import AT_ONCE, CLOCK


async def lapse_due(now: datetime) -> int:
    """Every case whose last day is over; how many."""
    today = now.astimezone(SHANGHAI).date()
    late = RewardCase.filter(stage=RewardStage.TOLD.value, claim_until__lt=today, recount_due="")
    found = await late.limit(AT_ONCE)
    for case in found:
        async with own_transition(case, Step.LAPSE_REWARD, CLOCK, now) as change:
            await give_back(change, Step.LAPSE_REWARD)
            await tell_of_change(change.case, now)
    return len(found)
