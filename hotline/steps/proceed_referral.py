"""督办移送续报: 初报, 续报, 复议, 异议, 修复: what happens meanwhile, and what comes on file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.rules.actor import Actor
from hotline.rules.referral import check_chosen
from hotline.rules.terms import Step
from hotline.steps.referral import Asked, referral_transition
from hotline.steps.referral_words import words_for
from hotline.steps.send_referral import with_documents


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and what is on file by now."""

    text: str
    entry: str = ""
    documents: Sequence[str] = ()


async def proceed_referral(which: Asked, said: Entry, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.PROCEED_REFERRAL, by, now) as change:
        one = change.referral
        entry = check_chosen(change.kind, "entries", said.entry)
        text = await words_for(one, said.text, change.pack)
        one.documents = with_documents(change.kind, one.documents, said.documents)
        told: dict[str, Any] = {"at": now.isoformat(), "entry": entry, "text": text}
        one.facts = {**one.facts, "entries": [*one.facts.get("entries", []), told]}
        change.detail |= {"entry": entry, "documents": one.documents}
