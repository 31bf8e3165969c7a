"""重新认定: an order's first report, kinds, urgency and terms, read off the reports in it now.

Used whenever a report or an order leaves or comes: nothing is subtracted, so nothing is forgotten.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.belonging import Corrected, Member, Part, first_of, kinds_of, relations
from hotline.rules.terms import Relation, RequestStage, Step
from hotline.steps.desk import pack_of
from hotline.steps.reclock import count_anew

# of a merged order those that were in it when it was merged: $3 is when, null for a living one
MEMBERS: Final = """
SELECT r.id, m.relation, m.from_at, r.registered_at, r.decided_at, r.stage, r.kinds,
  cardinality(r.emergency) > 0 AS emergency, r.sender_index, r.body_key
FROM membership m JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NOT DISTINCT FROM $3::timestamptz
"""
INSIDE: Final = """
SELECT id, merged_at FROM work_order WHERE tenant_id = $1 AND merged_into_id = $2
"""
RELATED: Final = """
UPDATE membership m SET relation = g.relation
FROM unnest($3::uuid[], $4::text[]) AS g(id, relation)
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.request_id = g.id AND m.to_at IS NULL
"""
# what a person has put right on the order itself: 查实结论 the kinds, 更正 kinds and place
CORRECTED: Final = """
SELECT e.at, coalesce(d.detail -> 'kinds', d.detail #> '{after,kinds}') AS kinds FROM event e
JOIN event_detail d ON d.tenant_id = $1 AND d.id = e.id
WHERE e.tenant_id = $1 AND e.aggregate = 'order' AND e.aggregate_id = $2
  AND (e.step = 'find' AND d.detail ? 'kinds' OR e.step = 'correct') ORDER BY e.seq DESC LIMIT 1
"""
PLACED: Final = """
SELECT 1 AS found FROM event WHERE tenant_id = $1 AND aggregate = 'order' AND aggregate_id = $2
  AND step = 'correct' LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reports in an order make of it. `accepted_at`: when the first of them all was."""

    members: tuple[Member, ...]
    first: Member
    kinds: tuple[str, ...]
    accepted_at: datetime


async def members_of(
    tenant_id: str, order_id: UUID, merged_at: datetime | None = None
) -> tuple[Member, ...]:
    """The reports in an order; of a merged one those it had then."""
    return tuple(_member(one) for one in await rows(MEMBERS, tenant_id, order_id, merged_at))


async def stand_anew(order: WorkOrder, gone: Collection[Member] = ()) -> Standing:
    """Put the order right by the reports in it; `gone` left it in this step."""
    standing = await _standing(
        order.tenant_id, order.id, await members_of(order.tenant_id, order.id)
    )
    await _relate(order, standing, gone)
    if order.first_request_id != standing.first.id:
        await _take_first(order, standing.first)
    order.report_count = len(standing.members)
    order.emergency = any(member.emergency for member in standing.members)
    order.kinds = list(standing.kinds)
    await count_anew(order, await pack_of(order), Step.ACCEPT, standing.accepted_at)
    return standing


async def _standing(tenant_id: str, order_id: UUID, members: tuple[Member, ...]) -> Standing:
    brought = await _brought(tenant_id, order_id, members)
    inside = {member.id for one in brought for member in one.members}
    own = [member for member in members if member.id not in inside]
    first = first_of(members, inside)
    parts = [Part(member.since, member.kinds) for member in own if member.id != first.id]
    parts += [Part(_since(members, one), one.kinds) for one in brought]
    opening = Part(min(member.since for member in members), first.kinds)
    return Standing(
        members=members,
        first=first,
        kinds=kinds_of([opening, *parts], await _corrected(tenant_id, order_id)),
        accepted_at=min([first.accepted_at, *(one.accepted_at for one in brought)]),
    )


async def _brought(tenant_id: str, order_id: UUID, members: tuple[Member, ...]) -> list[Standing]:
    """The orders merged into this one, by those of their reports that are still here."""
    brought = []
    for one in await rows(INSIDE, tenant_id, order_id):
        came = {member.id for member in members if member.since == one["merged_at"]}
        then = await members_of(tenant_id, one["id"], one["merged_at"])
        if still := tuple(member for member in then if member.id in came):
            brought.append(await _standing(tenant_id, one["id"], still))
    return brought


def _since(members: tuple[Member, ...], brought: Standing) -> datetime:
    ids = {member.id for member in brought.members}
    return min(member.since for member in members if member.id in ids)


async def _corrected(tenant_id: str, order_id: UUID) -> Corrected | None:
    found = await row(CORRECTED, tenant_id, order_id)
    return Corrected(found["at"], tuple(json.loads(found["kinds"]))) if found else None


async def _relate(order: WorkOrder, standing: Standing, gone: Collection[Member]) -> None:
    changed = relations(standing.members, standing.first, gone)
    if changed:
        now = [relation.value for relation in changed.values()]
        await rows(RELATED, order.tenant_id, order.id, list(changed), now)


async def _take_first(order: WorkOrder, first: Member) -> None:
    """首报 has changed: title, place, industry and age are those of whoever is first now."""
    request = await ServiceRequest.get(tenant_id=order.tenant_id, id=first.id)
    order.first_request_id, order.title = request.id, request.title
    order.industry = request.industry
    if await row(PLACED, order.tenant_id, order.id) is None:
        order.jurisdiction, order.also = request.jurisdiction, request.also
        order.county, order.township = request.county, request.township
    order.opened_at = request.registered_at if order.historical else first.accepted_at


def _member(one: dict[str, Any]) -> Member:
    return Member(
        id=one["id"],
        relation=Relation(one["relation"]),
        since=one["from_at"],
        registered_at=one["registered_at"],
        accepted_at=one["decided_at"] or one["registered_at"],
        stage=RequestStage(one["stage"]),
        kinds=tuple(one["kinds"]),
        emergency=one["emergency"],
        sender=one["sender_index"],
        body=one["body_key"],
    )
