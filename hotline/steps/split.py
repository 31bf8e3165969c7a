"""拆出: a report that was joined by mistake leaves the order and becomes a matter of its own.

Its order counts from its own acceptance, is routed by its own place, kinds and facts, and knows
nothing of what was done in the other. A report that came with an order of its own, and is all that
is left of it, takes that order up again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import lock_places, rows, transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.store import packs
from hotline.records import Membership, ServiceRequest, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.belonging import Member
from hotline.rules.lifecycle import check_may, next_request_stage
from hotline.rules.numbering import asked
from hotline.rules.terms import OrderStage, Relation, RequestStage, Step
from hotline.rules.wording import reason
from hotline.steps.corrections import answered, take_back, tell_apart
from hotline.steps.desk import check_desk
from hotline.steps.join import PLACE_LENT
from hotline.steps.matter import Deciding, Tie, bind, open_order
from hotline.steps.members import save_together
from hotline.steps.parting import (
    check_some_stay,
    follows_table,
    leave,
    left_behind,
    liked,
    locked_requests,
    still_there,
)
from hotline.steps.reclock import rewind
from hotline.steps.standing import members_of, stand_anew
from hotline.steps.suggest_again import suggest_again
from hotline.steps.transition import (
    OrderChange,
    RequestChange,
    Target,
    locked_order,
    save_order,
)
from hotline.steps.unmerge import Unmerging, unmerge

PLACES: Final = """
SELECT id, county FROM service_request WHERE tenant_id = $1 AND number = ANY($2)
"""
CAME_WITH: Final = """
SELECT DISTINCT o.id FROM membership m
JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id AND o.merged_at = m.to_at
WHERE m.tenant_id = $1 AND m.request_id = ANY($2) AND o.merged_into_id = $3
"""


@dataclass(frozen=True, slots=True)
class Splitting:
    """Which reports, by number, and why. Several become one order together."""

    reports: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class _Own:
    """A merged order to be taken up again, and whether others come along."""

    id: UUID
    followers: bool


@dataclass(frozen=True, slots=True)
class _Leaving:
    """One report on its way out: as it is, and how it belonged."""

    request: ServiceRequest
    member: Member
    held: Membership


async def split(target: Target, ask: Splitting, *, by: Actor, now: datetime) -> str:
    """Returns the number of the order they are in now."""
    check_may(Step.SPLIT, by)
    said = reason(ask.why)
    ids, counties = await _asked(target, ask)
    if own := await _own_order(target, ids):
        ask_all = Unmerging(said, followers=own.followers, living=target)
        return await unmerge(Target(target.tenant_id, own.id), ask_all, by=by, now=now)
    order = await WorkOrder.get_or_none(tenant_id=target.tenant_id, id=target.id)
    if order is None:
        raise NotFound("order")
    async with transaction():
        await lock_places(target.tenant_id, order.county, *counties)
        change = OrderChange(await locked_order(target), by, now, OrderStage(order.stage))
        change.stage = OrderStage(change.order.stage)
        await check_desk(change.order, Step.SPLIT, by)
        change.detail |= {"reason": said}
        number = await _split(change, ids)
    await suggest_again(target.tenant_id, [order.number], now)
    return number


async def _split(change: OrderChange, ids: set[UUID]) -> str:
    order = change.order
    members = await members_of(order.tenant_id, order.id)
    gone = sorted((one for one in members if one.id in ids), key=_by_acceptance)
    if len(gone) < len(ids):
        raise StepRefused("split.not_member")
    check_some_stay(members, ids)
    by_table = await follows_table(order)
    requests = {one.id: one for one in await locked_requests(order.tenant_id, list(ids))}
    held = await leave(order, gone, change.now)
    leaving = [_Leaving(requests[one.id], one, held[one.id]) for one in gone]
    since = {one.id: one.since for one in gone}
    await _part(change, leaving, since)
    own = await _open(change, leaving)
    change.detail |= {"to": own.number, "reports": [one.request.number for one in leaving]}
    await left_behind(change, Step.SPLIT, gone, by_table=by_table)
    await save_order(change, Step.SPLIT)
    told = await answered(order.tenant_id, since)
    await tell_apart([one.request for one in leaving], told, change.now)
    return str(own.number)


async def _part(
    change: OrderChange, leaving: Sequence[_Leaving], since: Mapping[UUID, datetime]
) -> None:
    """The reports as they would stand had they never been joined."""
    await rewind(change.order.tenant_id, since, change.now)
    await take_back(change.order.tenant_id, since, change.now)
    await save_together([_apart(change, one) for one in leaving], Step.SPLIT)


def _apart(change: OrderChange, one: _Leaving) -> RequestChange:
    request = one.request
    if request.stage == RequestStage.WITHDRAWN:
        raise StepRefused("split.withdrawn")
    if PLACE_LENT in one.held.reasons:
        request.county = request.township = None
    stage = next_request_stage(RequestStage(request.stage), Step.SPLIT)
    detail = {"from": change.order.number, "reason": change.detail["reason"]}
    return RequestChange(request, change.by, change.now, stage, detail)


async def _open(change: OrderChange, leaving: list[_Leaving]) -> WorkOrder:
    """The order of their own, by the first of them; the others belong to it as they did."""
    first, *others = leaving
    opened = await open_order(await _deciding(change, first))
    if not others:
        return opened
    for one in others:
        tie = Tie(Relation(one.held.relation), tuple(one.held.reasons), one.held.like_id)
        await bind(await _deciding(change, one), opened.id, tie)
    own = await locked_order(Target(opened.tenant_id, opened.id))
    await stand_anew(own, [])
    joined = OrderChange(own, change.by, change.now, OrderStage(own.stage))
    joined.detail |= {"reports": [one.request.number for one in others]}
    await save_order(joined, Step.JOIN)
    return own


async def _deciding(change: OrderChange, one: _Leaving) -> Deciding:
    known, request = await packs(), one.request
    pack = known.pack(request.jurisdiction)
    if request.county:
        pack = known.serving_county(request.tenant_id, request.county)
        request.jurisdiction = pack.code  # a correction of the order had taken it along
    return Deciding(request, pack, change.by, change.now, since=one.member.accepted_at)


async def _asked(target: Target, ask: Splitting) -> tuple[set[UUID], list[str | None]]:
    wanted = {asked(number) for number in ask.reports}
    found = await rows(PLACES, target.tenant_id, list(wanted))
    if not wanted or len(found) < len(wanted):
        raise NotFound("request")
    return {one["id"] for one in found}, [one["county"] for one in found]


async def _own_order(target: Target, ids: set[UUID]) -> _Own | None:
    """The merged order these reports came with, when they are all that is left of it here."""
    for found in await rows(CAME_WITH, target.tenant_id, list(ids), target.id):
        still = await still_there(target.tenant_id, found["id"])
        if still == ids:
            return _Own(found["id"], followers=False)
        if ids == await liked(target.tenant_id, target.id, list(still)):
            return _Own(found["id"], followers=True)
    return None


def _by_acceptance(member: Member) -> tuple[datetime, datetime]:
    return member.accepted_at, member.registered_at
