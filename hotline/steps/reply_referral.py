"""督办移送回复: what the addressee answered; by itself, or put down by whoever sent it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.referral import check_chosen
from hotline.rules.terms import Step
from hotline.steps.referral import Asked, referral_transition
from hotline.steps.referral_words import words_for
from hotline.steps.send_referral import with_documents


@dataclass(frozen=True, slots=True)
class Reply:
    """The words, the outcome by the row, and what came with it."""

    text: str
    outcome: str = ""
    documents: Sequence[str] = ()


async def reply_referral(which: Asked, said: Reply, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.REPLY_REFERRAL, by, now) as change:
        one = change.referral
        one.outcome = check_chosen(change.kind, "outcomes", said.outcome)
        one.reply, one.replied_at = await words_for(one, said.text, change.pack), now
        one.documents = with_documents(change.kind, one.documents, said.documents)
        change.detail |= {"outcome": one.outcome, "documents": one.documents}
