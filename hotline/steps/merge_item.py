"""合并重复件: an inspection item that repeats another is counted and handed over with it."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Referral
from hotline.rules.actor import Actor
from hotline.rules.referral_stage import ReferralStage
from hotline.rules.terms import Step
from hotline.steps.referral import Asked, referral_transition

MERGED = "merged"
WAITING = frozenset({ReferralStage.OPENED, ReferralStage.APPROVED})


async def merge_item(which: Asked, into: str, *, by: Actor, now: datetime) -> None:
    """`into`: the inspection's number of the other. NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.WITHDRAW_REFERRAL, by, now) as change:
        one = change.referral
        other = await Referral.get_or_none(
            tenant_id=one.tenant_id, batch_id=one.batch_id, foreign_number=into.strip().upper()
        )
        if one.batch_id is None or other is None or other.id == one.id:
            raise StepRefused("inspection.no_such_item")
        if ReferralStage(one.stage) not in WAITING or other.outcome == MERGED:
            raise StepRefused("referral.not_now", stage=one.stage, step="merge")
        one.outcome, one.end_reason = MERGED, f"与 {other.foreign_number} 重复，合并办理"
        change.detail |= {"merged_into": other.number}
