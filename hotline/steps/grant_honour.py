"""授予荣誉: with the consent given at the claim, and never a name in any list of ours."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import RewardClaim
from hotline.rules.actor import Actor
from hotline.rules.payee import Consent, Honour
from hotline.rules.terms import Step
from hotline.steps.reward_case import Asked, reward_transition


async def grant_honour(which: Asked, honour: Honour, *, by: Actor, now: datetime) -> None:
    """By an approver. NotAllowed, NotFound, Stale, StepRefused without consent."""
    async with reward_transition(which, Step.GRANT_HONOUR, by, now) as change:
        case = change.case
        claims = RewardClaim.filter(tenant_id=case.tenant_id, case_id=case.id)
        newest = await claims.order_by("-claimed_at").first()
        if newest is None or newest.honour == Consent.NONE:
            raise StepRefused("reward.no_consent")
        case.honour, case.honoured_at = honour.value, now
        change.detail |= {"honour": honour.value, "consent": newest.honour}
