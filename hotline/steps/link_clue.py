"""线索关联工单: a story that speaks of a matter beside the one it was registered into."""

from datetime import datetime

from tortoise.queryset import QuerySet

from hotline.errors import StepRefused
from hotline.policy.sight import sight_of
from hotline.records import ClueLink, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.terms import Step
from hotline.steps.clues import ClueChange, clue_transition


async def link_clue(number: str, order_number: str, *, by: Actor, now: datetime) -> None:
    """StepRefused for an order that is not there, or tied already."""
    async with clue_transition(number, Step.LINK_CLUE, by, now) as at:
        order = await _order(order_number, by)
        if await _standing(at, order).exists():
            raise StepRefused("media.linked")
        await ClueLink.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            clue_id=at.clue.id,
            order_id=order.id,
            by=by.id,
            at=now,
        )
        at.change.detail |= {"order": order.number}


async def unlink_clue(number: str, order_number: str, *, by: Actor, now: datetime) -> None:
    """StepRefused for what is not tied."""
    async with clue_transition(number, Step.LINK_CLUE, by, now) as at:
        order = await _order(order_number, by)
        if not await _standing(at, order).update(removed_at=now):
            raise StepRefused("media.not_linked")
        at.change.detail |= {"order": order.number, "removed": True}


def _standing(at: ClueChange, order: WorkOrder) -> QuerySet[ClueLink]:
    return ClueLink.filter(
        tenant_id=order.tenant_id, clue_id=at.clue.id, order_id=order.id, removed_at=None
    )


async def _order(number: str, by: Actor) -> WorkOrder:
    """Within the doer's sight: the story's page shows its title. Another's is not there."""
    sight = await sight_of(by)
    found = await WorkOrder.get_or_none(tenant_id=sight.tenant_id, number=asked(number))
    if found is None or not sight.covers(found.tenant_id, found.jurisdiction):
        raise StepRefused("media.no_order")
    if not sight.takes(found.kinds, found.handler_id):
        raise StepRefused("media.no_order")
    return found
