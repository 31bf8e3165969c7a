"""不受理 by a person: for a reason of the pack, which also says where to go."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import PolicyGap, StepRefused
from hotline.rules.acceptance import Reason
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import plain
from hotline.steps.by_person import Judgement, deciding
from hotline.steps.decide import refuse_at
from hotline.steps.matter import Deciding
from hotline.steps.transition import Target


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason's code, and where to go when the pack's own address is not the right one."""

    reason: str
    refer_to: str = ""


async def refuse(target: Target, ask: Refusal, *, by: Actor, now: datetime) -> None:
    """The reporter is told the reason and where to go."""
    async with deciding(target, Judgement(Step.REFUSE), by, now) as at:
        reason = _reason(at, ask.reason)
        await refuse_at(at, reason.code, plain(ask.refer_to) or reason.refer_to)


def _reason(at: Deciding, code: str) -> Reason:
    try:
        return at.pack.acceptance.reason(code)
    except PolicyGap as gap:
        raise StepRefused("refuse.unknown_reason") from gap
