"""合并工单: two orders are one matter; the reports of one become members of the other.

The merged order ends in a stage of its own that leads to the other; its number goes on leading
there. Of two terms of one kind the earlier rules. A closed order is never merged with an open one:
what came back after closing is a re-offence, a new order linked to the old one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import lock_places, rows, transaction
from hotline.errors import StepRefused
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may, check_merge, next_order_stage
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import reason
from hotline.steps.desk import check_desk, pack_of
from hotline.steps.holding import release
from hotline.steps.living import living
from hotline.steps.matters import accused_by
from hotline.steps.members import locked_members, move_together
from hotline.steps.outbox import tell_department
from hotline.steps.parting import locked_orders, seen_order
from hotline.steps.reclock import rest
from hotline.steps.resume import stop_waiting
from hotline.steps.standing import stand_anew
from hotline.steps.suggest_again import suggest_again
from hotline.steps.transition import OrderChange, Target, save_order

MOVED: Final = """
WITH gone AS (
  UPDATE membership SET to_at = $4 WHERE tenant_id = $1 AND order_id = $2 AND to_at IS NULL
  RETURNING request_id, relation, like_id)
INSERT INTO membership
  (id, tenant_id, request_id, order_id, relation, reasons, like_id, by, from_at)
SELECT gen_random_uuid(), $1, request_id, $3,
  CASE relation WHEN 'first' THEN 'same' ELSE relation END,
  ARRAY['merge.with_order'], like_id, $5, $4
FROM gone
"""
HOLDERS: Final = """
SELECT department FROM held WHERE tenant_id = $1 AND order_id = $2 AND to_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Merging:
    """Into which order, by number, why, and the version of it that the doer saw."""

    into: str
    why: str
    seen: int | None = None


async def merge(target: Target, ask: Merging, *, by: Actor, now: datetime) -> str:
    """Returns the number of the order that goes on. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(Step.MERGE, by)
    said = reason(ask.why)
    named = await seen_order(target.tenant_id, ask.into, by)
    into_id = await living(target.tenant_id, named.id)
    seen = ask.seen if into_id == named.id else None
    if into_id == target.id:
        raise StepRefused("merge.itself")
    async with transaction():
        counties = [
            one.county
            for one in await WorkOrder.filter(
                tenant_id=target.tenant_id, id__in=[target.id, into_id]
            )
        ]
        await lock_places(target.tenant_id, *counties)
        order, into = await locked_orders(target, Target(target.tenant_id, into_id, seen))
        await _check(order, into, by)
        stage = next_order_stage(OrderStage(order.stage), Step.MERGE)
        away = OrderChange(order, by, now, stage, {"reason": said, "into": into.number})
        here = OrderChange(into, by, now, OrderStage(into.stage), {"merged": order.number})
        await _move(away, here)
    await suggest_again(target.tenant_id, [order.number, into.number], now)
    return str(into.number)


async def _move(away: OrderChange, here: OrderChange) -> None:
    order, into, now = away.order, here.order, away.now
    members = await locked_members(order)
    by = f"{away.by.kind.value}:{away.by.id}"
    await rows(MOVED, order.tenant_id, order.id, into.id, now, by)
    order.merged_into_id, order.merged_at = into.id, now
    await stop_waiting(order, await pack_of(order), now)  # the words go to the other order now
    holders = [one["department"] for one in await rows(HOLDERS, order.tenant_id, order.id)]
    await rest(order, now)
    await release(order, now)
    away.detail["reports"] = here.detail["reports"] = len(members)
    await save_order(away, Step.MERGE)
    await stand_anew(into)
    await save_order(here, Step.JOIN)
    await move_together(here, members, Step.JOIN, {"from": order.number})
    for department in holders:
        await tell_department(order, department, "order.merged", now, number=order.number)
    if into.lead:
        await tell_department(into, into.lead, "order.joined", now, number=into.number)


async def _check(order: WorkOrder, into: WorkOrder, by: Actor) -> None:
    for one in (order, into):
        await check_desk(one, Step.MERGE, by)
    if order.historical or into.historical:
        raise StepRefused("merge.historical")
    if order.jurisdiction != into.jurisdiction:
        raise StepRefused("merge.other_jurisdiction")
    check_merge(*((one.number, OrderStage(one.stage)) for one in (order, into)))
    if into.lead in await accused_by(order, await pack_of(into)):  # 回避
        raise StepRefused("merge.accused", order=into.number)
