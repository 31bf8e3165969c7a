"""并单 by a person: the report belongs to a matter that is already in hand."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.dedupe import Likeness
from hotline.rules.numbering import asked
from hotline.rules.terms import Relation, Step
from hotline.steps.by_person import Judgement, deciding
from hotline.steps.candidates import LookAlike
from hotline.steps.decide import accept_into
from hotline.steps.living import living
from hotline.steps.transition import Target

BY_PERSON = "dedupe.by_person"
PLACE_LENT = "join.place_of_order"  # the report tells no place of its own


@dataclass(frozen=True, slots=True)
class Joining:
    """The order's number, and how the report belongs to it."""

    order: str
    relation: Relation = Relation.SAME


async def join(target: Target, ask: Joining, *, by: Actor, now: datetime) -> None:
    """A closed order takes no report: a re-offence is accepted as new, linked to it.

    The number of a merged order leads to the one that goes on.
    """
    order = await WorkOrder.get_or_none(tenant_id=target.tenant_id, number=asked(ask.order))
    sight = await sight_of(by)
    if order is None or not sight.covers(order.tenant_id, order.jurisdiction):
        raise NotFound("order")
    order = await WorkOrder.get(
        tenant_id=order.tenant_id, id=await living(order.tenant_id, order.id)
    )
    judgement = Judgement(Step.JOIN, near=order.county, early=True)
    reasons: tuple[str, ...] = (BY_PERSON,)
    async with deciding(target, judgement, by, now) as at:
        if at.request.county is None:
            at.request.county, at.request.township = order.county, None
            reasons = (BY_PERSON, PLACE_LENT)
        like = Likeness("join", ask.relation, 1.0, reasons)
        await accept_into(at, LookAlike(order.id, order.number, at.request.id, like))
