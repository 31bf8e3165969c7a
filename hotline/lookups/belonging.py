"""并单关系: the reports of an order, page by page, and the orders it has to do with."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.first_reporter import first_reporters
from hotline.lookups.look_alikes import Alike, Told, look_alikes
from hotline.lookups.names import pack_of, place_label
from hotline.lookups.order import OrderView
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import OrderStage, Relation, RequestStage, Step

PAGE: Final = 50

MEMBERS: Final = """
SELECT r.id, r.number, r.stage, r.registered_at, r.title, r.county, r.township, r.jurisdiction,
  r.wants_reward, m.relation, m.reasons, m.from_at, m.by, s.name AS who, l.number AS like
FROM membership m
JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
LEFT JOIN staff s ON s.tenant_id = $1 AND 'staff:' || s.id = m.by
LEFT JOIN service_request l ON l.tenant_id = $1 AND l.id = m.like_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL
ORDER BY m.relation <> 'first', m.from_at, r.registered_at, r.id LIMIT $3 OFFSET $4
"""
AROUND: Final = """
SELECT 'later' AS how, o.*, '' AS reason FROM work_order o
  WHERE o.tenant_id = $1 AND o.earlier_order_id = $2
UNION ALL SELECT 'earlier', o.*, '' FROM work_order o JOIN work_order l ON l.tenant_id = $1
  AND l.id = $2 AND o.id = l.earlier_order_id WHERE o.tenant_id = $1
UNION ALL SELECT 'merged', o.*, '' FROM work_order o
  WHERE o.tenant_id = $1 AND o.merged_into_id = $2
UNION ALL SELECT 'related', o.*, k.reason FROM order_link k JOIN work_order o
  ON o.tenant_id = $1 AND o.id IN (k.order_id, k.other_id) AND o.id <> $2
  WHERE k.tenant_id = $1 AND $2 IN (k.order_id, k.other_id) AND k.to_at IS NULL
ORDER BY opened_at, number
"""
LIVING: Final = """
WITH RECURSIVE way AS (
  SELECT id, number, merged_into_id FROM work_order WHERE tenant_id = $1 AND id = $2
  UNION ALL
  SELECT o.id, o.number, o.merged_into_id FROM work_order o JOIN way w
    ON o.tenant_id = $1 AND o.id = w.merged_into_id)
SELECT id, number FROM way WHERE merged_into_id IS NULL AND id <> $2
"""
SAID: Final = """
SELECT r.title, r.text, r.landmark, r.target FROM work_order o
JOIN service_request r ON r.tenant_id = $1 AND r.id = o.first_request_id
WHERE o.tenant_id = $1 AND o.id = $2
"""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One report: how it belongs, since when, by whom, and its place among the reporters."""

    number: str
    stage: RequestStage
    registered_at: datetime
    title: str
    place: str
    relation: Relation
    reasons: tuple[str, ...]
    since: datetime
    who: str
    like: str
    nth: int
    wants_reward: bool

    @property
    def may_leave(self) -> bool:
        """A report that was taken back stays where it was."""
        return self.stage is not RequestStage.WITHDRAWN


@dataclass(frozen=True, slots=True)
class MembersPage:
    """One page of the reports of an order."""

    rows: tuple[MemberRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An order this one has to do with."""

    how: str  # earlier | later | merged | related
    number: str
    version: int
    stage: OrderStage
    title: str
    place: str
    report_count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Around:
    """What an order has to do with. `goes_on`: where a merged one went; `may`: whether to act."""

    goes_on: str
    neighbours: tuple[Neighbour, ...]
    alike: tuple[Alike, ...]
    may: bool

    def of(self, how: str) -> tuple[Neighbour, ...]:
        """Those of one kind."""
        return tuple(one for one in self.neighbours if one.how == how)


def may_part(by: Actor) -> bool:
    """Whether this person may join and part orders at all."""
    return any(by.may(role) for role in ROLES[Step.MERGE])


async def members(view: OrderView, page: int = 1) -> MembersPage:
    """Fifty a page, the first report first."""
    pages = max(1, -(-view.report_count // PAGE))
    page = min(max(1, page), pages)
    found = await rows(MEMBERS, view.tenant_id, view.id, PAGE, (page - 1) * PAGE)
    placed = await first_reporters(view.tenant_id, view.id)
    nth = {one.told.id: one.place for one in placed}
    return MembersPage(tuple([await _member(one, nth) for one in found]), page, pages)


async def around(by: Actor, view: OrderView, now: datetime) -> Around:
    """Look-alikes only for who may act on them."""
    sight, may = await sight_of(by), may_part(by)
    ids = (view.tenant_id, view.id)
    gone, found, said = await asyncio.gather(*(rows(sql, *ids) for sql in (LIVING, AROUND, SAID)))
    known = tuple(
        [await _neighbour(one) for one in found if one["jurisdiction"] in sight.jurisdictions]
    )
    alike = await _alike(by, view, said, now) if may and not gone else ()
    others = {one.number for one in known}
    return Around(
        goes_on=gone[0]["number"] if gone else "",
        neighbours=known,
        alike=tuple(one for one in alike if one.number not in others),
        may=may,
    )


async def _alike(
    by: Actor, view: OrderView, found: list[dict[str, Any]], now: datetime
) -> tuple[Alike, ...]:
    if not found:
        return ()
    said = found[0]
    told = Told(
        text=f"{said['title']}\n{said['text']}",
        county=view.county or "",
        township=view.township or "",
        kinds=tuple(kind.code for kind in view.kinds),
        landmark=said["landmark"],
        source=said["target"],
    )
    return tuple(one for one in await look_alikes(told, by, now) if one.number != view.number)


async def _member(one: dict[str, Any], nth: dict[UUID, int]) -> MemberRow:
    pack = await pack_of(one["jurisdiction"])
    return MemberRow(
        number=one["number"],
        stage=RequestStage(one["stage"]),
        registered_at=one["registered_at"],
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        relation=Relation(one["relation"]),
        reasons=tuple(one["reasons"]),
        since=one["from_at"],
        who=one["who"] or "",
        like=one["like"] or "",
        nth=nth.get(one["id"], 0),
        wants_reward=one["wants_reward"],
    )


async def _neighbour(one: dict[str, Any]) -> Neighbour:
    pack = await pack_of(one["jurisdiction"])
    return Neighbour(
        how=one["how"],
        number=one["number"],
        version=one["version"],
        stage=OrderStage(one["stage"]),
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        report_count=one["report_count"],
        reason=one["reason"],
    )
