"""解除合并: an order that was merged by mistake stands again where it stood, with its own reports.

Their belonging, its terms and its holders go on as if they had never been interrupted. Whatever
was done in the other order meanwhile is no concern of theirs; who was answered with it is told so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import lock_places, row, rows, transaction
from hotline.errors import NotFound, Stale, StepRefused
from hotline.records import Membership, ServiceRequest, WorkOrder, new_id
from hotline.records.writing import add, gathering
from hotline.rules.actor import Actor
from hotline.rules.belonging import Member, is_over
from hotline.rules.lifecycle import check_may, next_request_stage, revived
from hotline.rules.terms import OrderStage, RequestStage, Step
from hotline.rules.wording import reason
from hotline.steps.corrections import answered, take_back, tell_apart
from hotline.steps.desk import check_desk
from hotline.steps.holding import take_up_again
from hotline.steps.living import living
from hotline.steps.members import save_together
from hotline.steps.outbox import tell_department
from hotline.steps.parting import (
    check_some_stay,
    end,
    follows_table,
    leave,
    left_behind,
    liked,
    locked_orders,
    locked_requests,
    still_there,
)
from hotline.steps.reclock import rewind, wake
from hotline.steps.standing import members_of, stand_anew
from hotline.steps.suggest_again import suggest_again
from hotline.steps.transition import (
    OrderChange,
    RequestChange,
    Target,
    save_order,
)

BEFORE: Final = """
SELECT e.stage FROM event e WHERE e.tenant_id = $1 AND e.aggregate = 'order'
  AND e.aggregate_id = $2 AND e.seq < (SELECT max(seq) FROM event WHERE tenant_id = $1
    AND aggregate = 'order' AND aggregate_id = $2 AND step = 'merge') ORDER BY e.seq DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Unmerging:
    """Why; whether those who joined because of its reports come along; the order it is in."""

    why: str
    followers: bool = True
    living: Target | None = None


async def unmerge(target: Target, ask: Unmerging, *, by: Actor, now: datetime) -> str:
    """Returns the order's number. NotAllowed, NotFound, Stale, StepRefused."""
    check_may(Step.UNMERGE, by)
    said = reason(ask.why)
    order = await WorkOrder.get_or_none(tenant_id=target.tenant_id, id=target.id)
    if order is None:
        raise NotFound("order")
    if order.merged_into_id is None:
        raise StepRefused("unmerge.not_merged")
    into = ask.living or Target(target.tenant_id, await living(target.tenant_id, target.id))
    async with transaction():
        counties = [order.county, await _county(into)]
        await lock_places(target.tenant_id, *counties)
        order, held_in = await locked_orders(target, into)
        if await living(target.tenant_id, order.id) != held_in.id or order.merged_at is None:
            raise Stale(target.seen or order.version, order.version)
        for one in (order, held_in):
            await check_desk(one, Step.UNMERGE, by)
        back = OrderChange(order, by, now, revived(await _stage_before(order)), {"reason": said})
        here = OrderChange(held_in, by, now, OrderStage(held_in.stage), {"reason": said})
        await _part(back, here, followers=ask.followers)
    await suggest_again(target.tenant_id, [held_in.number, order.number], now)
    return str(order.number)


async def _part(back: OrderChange, here: OrderChange, *, followers: bool) -> None:
    order, held_in = back.order, here.order
    own = await still_there(order.tenant_id, order.id)
    if not own:
        raise StepRefused("unmerge.nobody_left")
    ids = await liked(order.tenant_id, held_in.id, list(own)) if followers else own
    members = await members_of(order.tenant_id, held_in.id)
    check_some_stay(members, ids)
    gone = [one for one in members if one.id in ids]
    by_table = await follows_table(held_in)
    requests = {one.id: one for one in await locked_requests(order.tenant_id, list(ids))}
    since = await _return(back, here, requests, gone)
    back.detail |= {"from": held_in.number, "reports": len(gone)}
    here.detail |= {"unmerged": order.number, "reports": len(gone)}
    await _revive(back)
    await left_behind(here, Step.UNMERGE, gone, by_table=by_table)
    await save_order(here, Step.UNMERGE)
    told = await answered(order.tenant_id, since)
    await tell_apart([requests[one] for one in sorted(told)], told, back.now)
    if order.lead and back.stage is not OrderStage.WITHDRAWN:
        await tell_department(order, order.lead, "order.unmerged", back.now, number=order.number)


async def _return(
    back: OrderChange,
    here: OrderChange,
    requests: Mapping[UUID, ServiceRequest],
    gone: Sequence[Member],
) -> dict[UUID, datetime]:
    """Each is in its own order again, or follows the one it is like; since when it was away."""
    order, now = back.order, back.now
    held = await leave(here.order, gone, now)
    await _resume(order, held)
    since = {request_id: one.from_at for request_id, one in held.items()}
    await rewind(order.tenant_id, since, now)
    await take_back(order.tenant_id, since, now)
    detail = {"order": order.number, "from": here.order.number, "reason": back.detail["reason"]}
    stages = {
        one.id: next_request_stage(RequestStage(one.stage), Step.UNMERGE)
        for one in requests.values()
    }
    moved = [RequestChange(one, back.by, now, stages[one.id], detail) for one in requests.values()]
    await save_together(moved, Step.UNMERGE)
    return since


async def _resume(order: WorkOrder, held: Mapping[UUID, Membership]) -> None:
    """Their belonging goes on where it was interrupted; a follower never had one here."""
    interrupted = Membership.filter(
        tenant_id=order.tenant_id,
        order_id=order.id,
        request_id__in=list(held),
        to_at=order.merged_at,
    )
    resumed = {one.request_id for one in await interrupted}
    await interrupted.update(to_at=None)
    async with gathering():
        for request_id in held.keys() - resumed:
            await add(_belonging(order, held[request_id]))


def _belonging(order: WorkOrder, held: Membership) -> Membership:
    """As it was, to this order."""
    return Membership(
        id=new_id(),
        tenant_id=order.tenant_id,
        request_id=held.request_id,
        order_id=order.id,
        relation=held.relation,
        reasons=held.reasons,
        like_id=held.like_id,
        by=held.by,
        from_at=held.from_at,
    )


async def _revive(back: OrderChange) -> None:
    order, now, merged_at = back.order, back.now, back.order.merged_at
    assert merged_at is not None
    order.merged_into_id, order.merged_at = None, None
    await wake(order, merged_at)
    standing = await stand_anew(order)
    if is_over(standing.members):
        await end(back)
    else:
        await take_up_again(order, now)
    await save_order(back, Step.UNMERGE)


async def _stage_before(order: WorkOrder) -> OrderStage:
    found = await row(BEFORE, order.tenant_id, order.id)
    assert found is not None
    return OrderStage(found["stage"])


async def _county(target: Target) -> str | None:
    found = await rows(
        "SELECT county FROM work_order WHERE tenant_id = $1 AND id = $2",
        target.tenant_id,
        target.id,
    )
    if not found:
        raise NotFound("order")
    return found[0]["county"]  # type: ignore[no-any-return]
