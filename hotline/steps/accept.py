"""受理 by a person, with place and kinds as the person sees them; puts a refusal right, too."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.at import order_at
from hotline.steps.by_person import Judgement, deciding
from hotline.steps.decide import accept_as_new
from hotline.steps.own import order_of
from hotline.steps.transition import Target
from hotline.steps.understand import Choice


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Where it is and what it is about. `earlier`: number of the closed order it follows (重犯).

    `also`: further counties of a cross-boundary matter.
    """

    county: str
    township: str | None
    kinds: tuple[str, ...]
    earlier: str = ""
    also: tuple[str, ...] = ()


async def accept(target: Target, ask: Acceptance, *, by: Actor, now: datetime) -> str:
    """Opens an order, handed on by the pack's table. Returns its number."""
    if not ask.kinds:
        raise StepRefused("kind.none")
    earlier = await order_at(target.tenant_id, ask.earlier) if ask.earlier else None
    choice = Choice(ask.county, ask.township, ask.kinds, ask.also)
    async with deciding(target, Judgement(Step.ACCEPT, choice), by, now) as at:
        at.request.refuse_reason, at.request.refer_to = None, ""
        await accept_as_new(at, earlier.id if earlier else None)
    return await _number(target)


async def _number(target: Target) -> str:
    order = await order_of(target)
    assert order is not None
    return str(order.number)
