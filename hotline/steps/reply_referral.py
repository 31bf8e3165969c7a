"""督办移送回复: what the addressee answered; by itself, or put down by whoever sent it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.rules.actor import Actor
from hotline.rules.referral import check_chosen
from hotline.rules.terms import Finding, Step
from hotline.steps.referral import Asked, referral_transition
from hotline.steps.referral_words import words_for
from hotline.steps.send_referral import with_documents


@dataclass(frozen=True, slots=True)
class Reply:
    """The words, the outcome by the row, and what came with it."""

    text: str
    outcome: str = ""
    documents: Sequence[str] = ()
    finding: str = ""  # 是否属实, of an inspection item
    columns: Mapping[str, int] = field(default_factory=dict)  # 边督边改


async def reply_referral(which: Asked, said: Reply, *, by: Actor, now: datetime) -> None:
    """NotAllowed, NotFound, Stale, StepRefused."""
    async with referral_transition(which, Step.REPLY_REFERRAL, by, now) as change:
        one = change.referral
        one.outcome = check_chosen(change.kind, "outcomes", said.outcome)
        one.reply, one.replied_at = await words_for(one, said.text, change.pack), now
        one.documents = with_documents(change.kind, one.documents, said.documents)
        one.facts = {**one.facts, "answered_by": by.id, **_found(said, change.pack)}
        change.detail |= {"outcome": one.outcome, "documents": one.documents}


def _found(said: Reply, pack: Pack) -> dict[str, Any]:
    """What an inspection's table counts. StepRefused for what it has no column for."""
    known = {column.code for column in pack.referring.columns}
    if (said.finding and said.finding not in list(Finding)) or set(said.columns) - known:
        raise StepRefused("inspection.columns")
    told = {"finding": said.finding, "columns": {c: n for c, n in said.columns.items() if n}}
    return {name: value for name, value in told.items() if value}
