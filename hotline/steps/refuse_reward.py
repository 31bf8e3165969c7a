"""不予奖励: nothing is due, with the reason."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.reward_case import check_apart
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.reward_case import Asked, reward_transition


async def refuse(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """By an approver who did not propose it. NotAllowed, NotFound, Stale, StepRefused."""
    async with reward_transition(which, Step.REFUSE_REWARD, by, now) as change:
        case = change.case
        check_apart(by.id, (case.proposed_by, case.reviewed_by))
        case.end_reason, case.ended_at = reason(why)[:400], now
        change.detail |= {"reason": case.end_reason}
