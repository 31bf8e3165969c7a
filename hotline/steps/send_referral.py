"""督办移送送出: handed over with the documents its kind wants; nothing of the report goes along."""

from collections.abc import Sequence
from datetime import datetime

from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.referral import ReferralKind, check_documents
from hotline.rules.terms import Step
from hotline.steps.referral import Asked, referral_transition


async def send_referral(
    which: Asked, documents: Sequence[str], *, by: Actor, now: datetime
) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.SEND_REFERRAL, by, now) as change:
        one = change.referral
        if not one.addressees:
            raise StepRefused("referral.no_addressee")
        one.documents = with_documents(change.kind, one.documents, documents)
        check_documents(change.kind, one.documents)
        one.sent_at = now
        change.detail |= {"documents": one.documents, "to": one.addressees}


def with_documents(kind: ReferralKind, before: Sequence[str], ready: Sequence[str]) -> list[str]:
    """Those on file, in the row's order. StepRefused for what the row does not name."""
    known = [one.code for one in kind.documents]
    if set(ready) - set(known):
        raise StepRefused("referral.document_unknown")
    return [code for code in known if code in {*before, *ready}]
