"""放弃奖励: by the reporter, proved to be the one; the sum goes back to the budget."""

from datetime import datetime

from hotline.rules.terms import Step
from hotline.steps.claim_reward import own_case
from hotline.steps.give_back import give_back
from hotline.steps.prove_claim import Claimant
from hotline.steps.reward_case import own_transition


async def waive(claimant: Claimant, now: datetime) -> None:
    """NotFound when no reward is theirs; StepRefused when it is paid, or on its way."""
    case = await own_case(claimant)
    async with own_transition(case, Step.WAIVE_REWARD, claimant.actor, now) as change:
        await give_back(change, Step.WAIVE_REWARD)
