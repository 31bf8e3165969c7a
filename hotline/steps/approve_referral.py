"""督办移送审批: by somebody else than whoever asked; the terms of sending begin."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.referral import Asked, referral_transition


async def approve_referral(which: Asked, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.APPROVE_REFERRAL, by, now) as change:
        one = change.referral
        one.approved_by = None if by.id == one.opened_by else by.id  # 同一人 where the row lets
        one.approved_at = now
