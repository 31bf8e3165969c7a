"""拆合前的预告: what will happen to terms, desk, messages and publications, before it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.matters import matter_of
from hotline.lookups.names import department, pack_of
from hotline.policy.pack import Pack
from hotline.policy.routes import routed
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI, due
from hotline.rules.numbering import asked as clean
from hotline.rules.terms import RequestStage, Step

LEAVING: Final = """
WITH RECURSIVE chosen AS (
  SELECT r.id FROM service_request r JOIN membership m ON m.tenant_id = $1 AND m.order_id = $2
    AND m.request_id = r.id AND m.to_at IS NULL WHERE r.tenant_id = $1 AND r.number = ANY($3)),
liked AS (
  SELECT id FROM chosen
  UNION SELECT m.request_id FROM membership m JOIN liked l ON m.like_id = l.id
    WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL)
SELECT r.id, r.number, r.title, r.text, r.target, r.stage, r.county, r.township, r.also, r.kinds,
  r.channel, r.wish, r.industry, r.jurisdiction, cardinality(r.emergency) > 0 AS emergency,
  coalesce(r.decided_at, r.registered_at) AS accepted_at,
  coalesce(r.occurred_at, r.registered_at) AS at, m.relation, m.reasons, m.from_at,
  r.id IN (SELECT id FROM chosen) AS is_chosen,
  EXISTS (SELECT FROM event e WHERE e.tenant_id = $1 AND e.aggregate = 'request'
    AND e.aggregate_id = r.id AND e.step = 'answer' AND e.at >= m.from_at) AS was_answered,
  (SELECT o.number FROM membership c JOIN work_order o ON o.tenant_id = $1 AND o.id = c.order_id
    AND o.merged_at = c.to_at AND o.merged_into_id = $2
    WHERE c.tenant_id = $1 AND c.request_id = r.id LIMIT 1) AS own
FROM liked l JOIN service_request r ON r.tenant_id = $1 AND r.id = l.id
JOIN membership m ON m.tenant_id = $1 AND m.request_id = r.id AND m.order_id = $2
  AND m.to_at IS NULL
ORDER BY accepted_at, r.registered_at, r.id
"""
STAYING: Final = """
SELECT r.number, r.stage FROM membership m
JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL AND NOT r.id = ANY($3)
ORDER BY m.relation <> 'first', coalesce(r.decided_at, r.registered_at), r.registered_at, r.id
"""
PUBLIC: Final = """
SELECT count(*) AS n FROM publication WHERE tenant_id = $1 AND order_id = $2
  AND stage IN ('proposed', 'published') AND proposed_at >= $3
"""
ORDER_OF: Final = """
SELECT o.number FROM service_request r
JOIN membership m ON m.tenant_id = $1 AND m.request_id = r.id AND m.to_at IS NULL
JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id
WHERE r.tenant_id = $1 AND r.number = $2
"""
# a report lends no place that it took from the order
LENT: Final = "join.place_of_order"


@dataclass(frozen=True, slots=True)
class Leaving:
    """One report that would leave. `is_chosen`: else it follows, for it was like one that was."""

    number: str
    title: str
    stage: RequestStage
    is_chosen: bool
    was_answered: bool


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """What moving out would do. `own`: the merged order they came with; "" for a new one."""

    leaving: tuple[Leaving, ...]
    staying: int
    new_first: str  # number of the report that becomes the first, "" when the first stays
    ends: bool  # nobody who stays wants the matter handled
    lead: str
    due_on: date | None
    own: str
    publications: int


async def split_preview(tenant_id: str, order_id: UUID, numbers: Sequence[str]) -> SplitPreview:
    """NotFound when none of these reports is in the order."""
    found = await rows(LEAVING, tenant_id, order_id, [clean(one) for one in numbers])
    if not found:
        raise NotFound("request")
    staying = await rows(STAYING, tenant_id, order_id, [one["id"] for one in found])
    public = await row(PUBLIC, tenant_id, order_id, min(one["from_at"] for one in found))
    first_goes = any(one["relation"] == "first" for one in found)
    pack = await _pack(tenant_id, found[0])
    return SplitPreview(
        leaving=tuple(_leaving(one) for one in found),
        staying=len(staying),
        new_first=staying[0]["number"] if first_goes and staying else "",
        ends=all(one["stage"] == RequestStage.WITHDRAWN for one in staying),
        lead=_lead(pack, found[0]),
        due_on=_due_on(pack, found[0]["accepted_at"]),
        own=found[0]["own"] or "",
        publications=int(public["n"]) if public else 0,
    )


async def order_of(tenant_id: str, number: str) -> str:
    """The order a report's number leads to; an order's number is its own."""
    found = await row(ORDER_OF, tenant_id, clean(number))
    return str(found["number"]) if found else clean(number)


async def due_after_merge(tenant_id: str, order_id: UUID, *accepted: datetime) -> date | None:
    """The last day of handling, counted from the earlier acceptance."""
    found = await row(
        "SELECT jurisdiction FROM work_order WHERE tenant_id = $1 AND id = $2", tenant_id, order_id
    )
    return _due_on(await pack_of(found["jurisdiction"]), min(accepted)) if found else None


async def _pack(tenant_id: str, one: dict[str, Any]) -> Pack:
    known, county = await packs(), _county(one)
    return known.serving_county(tenant_id, county) if county else known.pack(one["jurisdiction"])


def _county(one: dict[str, Any]) -> str | None:
    return None if LENT in one["reasons"] else one["county"]


def _lead(pack: Pack, one: dict[str, Any]) -> str:
    matter = matter_of(one)
    if _county(one) is None:  # lent by the order it was in
        matter = replace(matter, county=None, township=None)
    lead = routed(pack, matter).lead
    return department(pack, lead).name if lead else ""


def _due_on(pack: Pack, accepted: datetime) -> date | None:
    """The nearest of the terms that acceptance begins."""
    begun = [one for one in pack.schemes if one.holder == "order" and one.starts == Step.ACCEPT]
    ends = [due(scheme, accepted.astimezone(SHANGHAI), pack.calendar).on for scheme in begun]
    return min(ends, default=None)


def _leaving(one: dict[str, Any]) -> Leaving:
    return Leaving(
        number=one["number"],
        title=one["title"],
        stage=RequestStage(one["stage"]),
        is_chosen=one["is_chosen"],
        was_answered=one["was_answered"],
    )
