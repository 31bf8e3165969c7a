"""奖励复核: a second person has looked at facts and sum."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.reward_case import check_apart, check_sum
from hotline.rules.terms import Step
from hotline.steps.reward_case import Asked, reward_transition


async def review(which: Asked, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.REVIEW_REWARD, by, now) as change:
        case = change.case
        check_apart(by.id, (case.proposed_by,))
        change.detail |= {"sum_fen": check_sum(case.sum_fen, (case.min_fen, case.max_fen))}
        case.reviewed_by, case.reviewed_at = by.id, now
