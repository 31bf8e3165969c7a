"""Whose desk: the shared write of a 工单, narrowed to what this member of staff may act on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from hotline.errors import NotAllowed, NotFound
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_open
from hotline.rules.sight import LEADS_OWN, is_lead
from hotline.rules.terms import ActorKind, Step
from hotline.steps.recused import check_not_recused
from hotline.steps.transition import OrderChange, Target, order_transition


@asynccontextmanager
async def desk_transition(
    target: Target, step: Step, by: Actor, now: datetime
) -> AsyncIterator[OrderChange]:
    """order_transition at a desk: NotFound beyond the doer's sight, NotAllowed beside it."""
    async with order_transition(target, step, by, now) as change:
        await _check_place(change.order, step, by)
        yield change


async def check_desk(order: WorkOrder, step: Step, by: Actor) -> None:
    """The same for an order that is under its lock already."""
    await check_not_recused(order.tenant_id, order.id, by)
    await _check_place(order, step, by)


async def _check_place(order: WorkOrder, step: Step, by: Actor) -> None:
    """A handler acts for the own department alone; nobody reaches into another jurisdiction."""
    check_open(step, archived=order.archived_at is not None)
    if by.kind is not ActorKind.STAFF:
        return
    sight = await sight_of(by)
    if not sight.covers(order.tenant_id, order.jurisdiction):
        raise NotFound("order")
    if step in LEADS_OWN and not is_lead(by, order.lead):
        raise NotAllowed(step.value)
    if not (sight.holds({order.lead or ""}) and sight.takes(order.kinds, order.handler_id)):
        raise NotAllowed(step.value)


async def pack_of(order: WorkOrder) -> Pack:
    """The rules the order is handled by."""
    return (await packs()).pack(order.jurisdiction)
