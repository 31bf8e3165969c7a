"""What parting does to the order that is left, whether a report was taken out or a whole order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound, StepRefused
from hotline.policy.pack import Pack
from hotline.policy.routes import by_table as answer_of
from hotline.policy.routes import facts_of
from hotline.policy.sight import sight_of
from hotline.records import Held, Membership, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.belonging import Member, is_over
from hotline.rules.lifecycle import ORDER_MOVES, OVER
from hotline.rules.numbering import asked
from hotline.rules.routing import Routed
from hotline.rules.terms import ActorKind, Duty, OrderStage, Step
from hotline.steps.clocks import stop_all
from hotline.steps.correct import route_again
from hotline.steps.corrections import not_joined, publish_again
from hotline.steps.desk import pack_of
from hotline.steps.holding import release
from hotline.steps.matters import matter_of
from hotline.steps.outbox import tell_department
from hotline.steps.resume import stop_waiting
from hotline.steps.standing import members_of, stand_anew
from hotline.steps.transition import OrderChange, Target, locked_order

# reports that joined because they were like one of these
LIKED: Final = """
WITH RECURSIVE liked AS (
  SELECT unnest($3::uuid[]) AS id
  UNION
  SELECT m.request_id FROM membership m JOIN liked l ON m.like_id = l.id
  WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL)
SELECT id FROM liked
"""

LOCKED: Final = """
SELECT id FROM service_request WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id
FOR NO KEY UPDATE
"""
# the kinds a person corrected, else those of the first report
HANDED_FOR: Final = """
SELECT coalesce((SELECT ARRAY(SELECT jsonb_array_elements_text(d.detail #> '{after,kinds}'))
  FROM event e JOIN event_detail d ON d.tenant_id = $1 AND d.id = e.id
  WHERE e.tenant_id = $1 AND e.aggregate = 'order' AND e.aggregate_id = $2 AND e.step = 'correct'
  ORDER BY e.seq DESC LIMIT 1), r.kinds) AS kinds
FROM service_request r WHERE r.tenant_id = $1 AND r.id = $3
"""


async def seen_order(tenant_id: str, number: str, by: Actor) -> WorkOrder:
    """The order of a number, within the doer's sight."""
    order = await WorkOrder.get_or_none(tenant_id=tenant_id, number=asked(number))
    if order is None:
        raise NotFound("order")
    if by.kind is ActorKind.STAFF:
        sight = await sight_of(by)
        if not (
            sight.covers(order.tenant_id, order.jurisdiction)
            and sight.takes(order.kinds, order.handler_id)
        ):
            raise NotFound("order")
    return order


async def locked_orders(*targets: Target) -> tuple[WorkOrder, ...]:
    """Several orders, locked in ascending id, given back as they were asked for. Stale."""
    held = {one.id: await locked_order(one) for one in sorted(targets, key=lambda one: one.id)}
    return tuple(held[target.id] for target in targets)


async def locked_requests(tenant_id: str, ids: Sequence[UUID]) -> list[ServiceRequest]:
    """Reports of an order that is locked already, in ascending id. NotFound."""
    found = await rows(LOCKED, tenant_id, list(ids))
    if len(found) < len(set(ids)):
        raise NotFound("request")
    return await ServiceRequest.filter(tenant_id=tenant_id, id__in=list(ids)).order_by("id")


async def liked(tenant_id: str, order_id: UUID, ids: Sequence[UUID]) -> set[UUID]:
    """These and whoever joined the order because of one of them."""
    return {one["id"] for one in await rows(LIKED, tenant_id, order_id, list(ids))}


async def still_there(tenant_id: str, order_id: UUID) -> set[UUID]:
    """Of a merged order: the reports that came with it and are still where it went."""
    order = await WorkOrder.get(tenant_id=tenant_id, id=order_id)
    ids = {one.id for one in await members_of(tenant_id, order_id, order.merged_at)}
    while order.merged_into_id is not None:
        into = await WorkOrder.get(tenant_id=tenant_id, id=order.merged_into_id)
        held = await members_of(tenant_id, into.id, into.merged_at)
        ids &= {one.id for one in held if one.since == order.merged_at}
        order = into
    return ids


async def leave(
    order: WorkOrder, members: Sequence[Member], now: datetime
) -> dict[UUID, Membership]:
    """These reports are in the order no longer; gives what the belonging of each was."""
    held = Membership.filter(
        tenant_id=order.tenant_id,
        order_id=order.id,
        request_id__in=[member.id for member in members],
        to_at=None,
    )
    found = {one.request_id: one for one in await held}
    await held.update(to_at=now)
    await not_joined(order, max(one.from_at for one in found.values()), now)
    return found


async def follows_table(order: WorkOrder) -> bool:
    """Whether the order is where the table sends it; a person's choice of desk stands."""
    answer = await _answer(order, await pack_of(order))
    return bool(answer.lead == order.lead)


async def left_behind(
    change: OrderChange, step: Step, gone: Sequence[Member], *, by_table: bool
) -> None:
    """The order as it stands without them; with nobody left who wants it, it ends.

    `by_table`: it was where the table sends it, and so goes where the table sends those who stay.
    """
    order, now, first = change.order, change.now, change.order.first_request_id
    await stop_waiting(order, await pack_of(order), now, [member.id for member in gone])
    standing = await stand_anew(order, gone)
    since = min(member.since for member in gone)
    if flagged := await publish_again(order, since, step, change.by, now):
        change.detail["publications"] = flagged
    if is_over(standing.members) and order.closed_at is None:
        await end(change)
        return
    if by_table and order.first_request_id != first:
        await _route_again(change)
    if order.lead:
        await tell_department(order, order.lead, "order.separated", now, number=order.number)


async def _route_again(change: OrderChange) -> None:
    """Another report is first now: who answers for it takes what is not yet finished."""
    order, pack = change.order, await pack_of(change.order)
    answer = await _answer(order, pack)
    if answer.lead == order.lead:
        await _assisted(order, answer.co, change.now)
    elif (OrderStage(order.stage), Step.CORRECT) in ORDER_MOVES:
        await route_again(change, pack)


async def _answer(order: WorkOrder, pack: Pack) -> Routed:
    """The table's, by what the order was handed over for: 查实结论 comes after."""
    found = await row(HANDED_FOR, order.tenant_id, order.id, order.first_request_id)
    assert found is not None
    matter = replace(await matter_of(order), kinds=tuple(found["kinds"]))
    return answer_of(pack, facts_of(pack, matter))


async def _assisted(order: WorkOrder, co: tuple[str, ...], now: datetime) -> None:
    """The lead goes on; who assists is by the reports that are left."""
    if OrderStage(order.stage) in OVER:
        return
    assists = Held.filter(
        tenant_id=order.tenant_id, order_id=order.id, duty=Duty.CO.value, to_at=None
    )
    held = {one.department for one in await assists}
    await assists.filter(department__in=list(held - set(co))).update(to_at=now)
    for department in (one for one in co if one not in held):
        await Held.create(
            tenant_id=order.tenant_id,
            order_id=order.id,
            department=department,
            duty=Duty.CO.value,
            from_at=now,
        )
        await tell_department(order, department, "order.dispatched", now, number=order.number)


async def end(change: OrderChange) -> None:
    """Nobody wants it handled any more."""
    order, now = change.order, change.now
    change.stage = OrderStage.WITHDRAWN
    order.closed_at, order.next_due_at = now, None
    await stop_all(order.tenant_id, order.id, "withdrawn", now)
    await release(order, now)
    if order.lead:
        await tell_department(order, order.lead, "order.withdrawn", now, number=order.number)


def check_some_stay(members: Sequence[Member], leaving: set[UUID]) -> None:
    """StepRefused when nobody would be left: there is nothing to keep apart."""
    if all(member.id in leaving for member in members):
        raise StepRefused("split.nobody_left")
