"""督办移送不予批准: with the reasons on file (行政执法机关移送涉嫌犯罪案件的规定 art. 5)."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.referral import Asked, referral_transition


async def deny_referral(which: Asked, why: str, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.DENY_REFERRAL, by, now) as change:
        change.referral.end_reason = reason(why)
