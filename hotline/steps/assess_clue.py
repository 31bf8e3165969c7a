"""线索研判: how credible a clue is; what is not ignored has its hours to be answered in.

They count from when the desk had the clue, however late it is judged (国办发〔2016〕61号).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.errors import StepRefused
from hotline.records import MediaClue
from hotline.rules.actor import Actor
from hotline.rules.disclosing import ANSWER, CONFERENCE, FIRST, answering
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps import public_terms
from hotline.steps.clues import ClueChange, clue_transition
from hotline.steps.public_terms import Ending

CREDIBILITY: Final = ("credible", "check", "ignore")
IGNORED: Final = "ignore"
ALL: Final = (FIRST, CONFERENCE, ANSWER)


@dataclass(frozen=True, slots=True)
class Assessment:
    """可信, 待核实 or 不予处理, and whether it is a major event; with the reason."""

    credibility: str
    is_major: bool
    reason: str


async def assess_clue(number: str, ask: Assessment, *, by: Actor, now: datetime) -> None:
    """May be judged again: the hours go on from the same beginning."""
    if ask.credibility not in CREDIBILITY:
        raise StepRefused("media.no_credibility")
    said = reason(ask.reason)
    async with clue_transition(number, Step.ASSESS_CLUE, by, now) as at:
        told = {"credibility": ask.credibility, "is_major": ask.is_major}
        await MediaClue.filter(tenant_id=at.clue.tenant_id, id=at.clue.id).update(
            **told, assess_reason=said[:400], assessed_by=by.id, assessed_at=now
        )
        await _turn(at, ask, Ending("undone", by, now, said))
        at.change.detail |= told | {"reason": said}


async def _turn(at: ClueChange, ask: Assessment, undone: Ending) -> None:
    due = () if ask.credibility == IGNORED else answering(is_major=ask.is_major)
    await public_terms.end(at.held, tuple(set(ALL) - set(due)), undone)
    started = at.change.request.registered_at
    for rule in due:
        if not await public_terms.ever(at.held, rule):
            await public_terms.begin(at.held, at.pack, rule, Step.ASSESS_CLUE.value, started)
