"""督办移送撤回: it is no longer asked for, with the reason."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.referral import Asked, referral_transition


async def withdraw_referral(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.WITHDRAW_REFERRAL, by, now) as change:
        change.referral.end_reason = reason(why)
