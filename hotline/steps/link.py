"""关联工单: two orders that belong together without being one matter; each goes its own way."""

from dataclasses import dataclass
from datetime import datetime

from hotline.database import transaction
from hotline.errors import StepRefused
from hotline.records import OrderLink, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may, next_order_stage
from hotline.rules.terms import OrderStage, Relation, Step
from hotline.rules.wording import reason
from hotline.steps.desk import check_desk
from hotline.steps.parting import locked_orders, seen_order
from hotline.steps.transition import OrderChange, Target, save_order


@dataclass(frozen=True, slots=True)
class Linking:
    """The other order's number, and why they belong together, or no longer do."""

    other: str
    why: str


async def link(target: Target, ask: Linking, *, by: Actor, now: datetime) -> None:
    """From now on each order's page shows the other."""
    said, other = await _begin(target, ask, Step.LINK, by)
    async with transaction():
        pair = await locked_orders(target, other)
        if await _open_link(*pair):
            raise StepRefused("link.already")
        low, high = sorted(one.id for one in pair)
        await OrderLink.create(
            tenant_id=target.tenant_id,
            order_id=low,
            other_id=high,
            relation=Relation.RELATED.value,
            reason=said[:400],
            by=f"{by.kind.value}:{by.id}",
            from_at=now,
        )
        await _record(pair, said, Step.LINK, by, now)


async def unlink(target: Target, ask: Linking, *, by: Actor, now: datetime) -> None:
    """The link ends; that it stood remains known."""
    said, other = await _begin(target, ask, Step.UNLINK, by)
    async with transaction():
        pair = await locked_orders(target, other)
        standing = await _open_link(*pair)
        if standing is None:
            raise StepRefused("link.none")
        await OrderLink.filter(tenant_id=target.tenant_id, id=standing.id).update(to_at=now)
        await _record(pair, said, Step.UNLINK, by, now)


async def _begin(target: Target, ask: Linking, step: Step, by: Actor) -> tuple[str, Target]:
    check_may(step, by)
    said = reason(ask.why)
    other = await seen_order(target.tenant_id, ask.other, by)
    if other.id == target.id:
        raise StepRefused("link.itself")
    return said, Target(other.tenant_id, other.id)


async def _open_link(one: WorkOrder, other: WorkOrder) -> OrderLink | None:
    low, high = sorted((one.id, other.id))
    return await OrderLink.get_or_none(
        tenant_id=one.tenant_id, order_id=low, other_id=high, to_at=None
    )


async def _record(
    pair: tuple[WorkOrder, ...], said: str, step: Step, by: Actor, now: datetime
) -> None:
    for order, other in (pair, pair[::-1]):
        await check_desk(order, step, by)
        stage = next_order_stage(OrderStage(order.stage), step)
        detail = {"other": other.number, "reason": said}
        await save_order(OrderChange(order, by, now, stage, detail), step)
