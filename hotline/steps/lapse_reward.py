"""奖励逾期: by the clock, the day after the last; never where the pack names no term."""

from contextlib import suppress
from datetime import datetime

from hotline.errors import StepRefused
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
    return sum([await _lapsed(case, now) for case in await late.limit(AT_ONCE)])


async def _lapsed(case: RewardCase, now: datetime) -> bool:
    """No more so where it was claimed, or is counted anew, this very moment."""
    with suppress(StepRefused):
        async with own_transition(case, Step.LAPSE_REWARD, CLOCK, now) as change:
            if change.case.version != case.version:
                raise StepRefused("reward.not_now")
            await give_back(change, Step.LAPSE_REWARD)
            await tell_of_change(change.case, now)
        return True
    return False
