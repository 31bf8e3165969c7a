"""督办移送办结: 销号, 解除挂牌: with its outcome, by those who asked, never by those who answer."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.referral import check_chosen
from hotline.rules.terms import Step
from hotline.rules.wording import remark
from hotline.steps.referral import Asked, referral_transition


async def close_referral(
    which: Asked, outcome: str, note: str, *, by: Actor, now: datetime
) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.CLOSE_REFERRAL, by, now) as change:
        one = change.referral
        one.outcome = check_chosen(change.kind, "outcomes", outcome or one.outcome or "")
        if change.kind.apart and by.is_one_of(one.facts.get("answered_by")):
            raise StepRefused("referral.own_reply")
        one.end_reason = remark(note)
        wanted = [doc for doc in change.kind.documents if not doc.optional]
        if lacking := [doc.name for doc in wanted if doc.code not in one.documents]:
            raise StepRefused("referral.documents", names="、".join(lacking))
        change.detail |= {"outcome": one.outcome}
