"""研判台: reports nobody could decide and orders nobody was found for, each with its cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from hotline.database import row, rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.lookups.terms import Left, left
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, routed
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds, own_kinds
from hotline.rules.accepting import own_desk
from hotline.rules.actor import Actor

PAGE: Final = 50

WAITING: Final = """
SELECT 'request' AS what, r.number, r.version, r.jurisdiction, r.title, r.county, r.township,
  r.kinds, r.triage_cause AS cause, r.registered_at AS since, r.historical,
  cardinality(r.emergency) > 0 AS emergency, jsonb_array_length(r.suggestions) AS suggestions,
  r.also, r.channel, r.wish, r.industry, '' AS target, '' AS told,
  (SELECT min(c.due_at) FROM clock c WHERE c.tenant_id = $1 AND c.holder_id = r.id
    AND c.stopped_at IS NULL AND NOT c.is_right) AS due_at
FROM service_request r
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.stage = 'triage'
  AND ($3 = '' OR r.body IS NULL OR r.body = $3){own_reports}
UNION ALL
SELECT 'order', o.number, o.version, o.jurisdiction, o.title, o.county, o.township, o.kinds,
  CASE WHEN f.triage_cause = 'office.accused' THEN f.triage_cause ELSE '' END,
  o.opened_at, false, o.emergency, 0, o.also, f.channel, f.wish, o.industry, f.target,
  f.title || E'\\n' || f.text, o.next_due_at
FROM work_order o
JOIN service_request f ON f.tenant_id = o.tenant_id AND f.id = o.first_request_id
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND o.stage = 'opened' AND NOT o.historical
  AND ($3 = '' OR f.body IS NULL OR f.body = $3){own_orders}
"""
ROWS: Final = """
SELECT * FROM ({waiting}) w
ORDER BY historical, emergency DESC, due_at NULLS LAST, since, number LIMIT $4 OFFSET $5
"""
COUNTS: Final = """
SELECT count(*) FILTER (WHERE what = 'request') AS request,
  count(*) FILTER (WHERE what = 'order') AS "order" FROM ({waiting}) w
"""


@dataclass(frozen=True, slots=True)
class TriageRow:
    """One thing to decide. `cause`: a key of place, kind, route, alike, wish, office, system."""

    what: Literal["request", "order"]
    number: str
    version: int
    title: str
    place: str
    kinds: tuple[Named, ...]
    cause: str
    since: datetime
    left: Left | None
    emergency: bool
    historical: bool
    suggestions: int


AGES: Final = """
SELECT count(*) FILTER (WHERE age < interval '1 day') AS day,
  count(*) FILTER (WHERE age >= interval '1 day' AND age < interval '3 days') AS days,
  count(*) FILTER (WHERE age >= interval '3 days' AND age < interval '7 days') AS week,
  count(*) FILTER (WHERE age >= interval '7 days') AS older,
  count(*) FILTER (WHERE due_at < $4) AS overdue, min(since) AS oldest
FROM (SELECT *, $4::timestamptz - since AS age FROM ({waiting}) w WHERE NOT historical) a
"""


@dataclass(frozen=True, slots=True)
class Ages:
    """How long things wait: up to a day, three days, a week, longer; and what is past its term."""

    day: int
    days: int
    week: int
    older: int
    overdue: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class TriagePage:
    """One page of what waits, and how much waits in all, by kind of thing."""

    counts: Mapping[str, int]
    rows: tuple[TriageRow, ...]
    page: int
    pages: int


async def queue(by: Actor, now: datetime, page: int = 1) -> TriagePage:
    """Emergencies first, then by the nearest term; history comes after the living."""
    where, waiting = await _where(by), await _waiting(by)
    counts = await _counts(where, waiting)
    pages = max(1, -(-sum(counts.values()) // PAGE))
    page = min(max(1, page), pages)
    found = await rows(ROWS.format(waiting=waiting), *where, PAGE, (page - 1) * PAGE)
    known = await packs()
    shown = tuple(_row(known.pack(one["jurisdiction"]), one, now) for one in found)
    return TriagePage(counts, shown, page, pages)


async def ages(by: Actor, now: datetime) -> Ages:
    """For who oversees the desk."""
    found = await row(AGES.format(waiting=await _waiting(by)), *await _where(by), now)
    assert found is not None
    return Ages(**found)


async def _where(by: Actor) -> tuple[object, ...]:
    """分别受理: whoever sits at an accepting body's desk has its own, and what is nobody's yet."""
    sight, pack = await sight_of(by), (await packs()).pack(by.jurisdiction)
    desk = own_desk(pack.accepting, by.department)
    return sight.tenant_id, sorted(sight.jurisdictions), desk


async def _waiting(by: Actor) -> str:
    sight = await sight_of(by)
    return WAITING.format(
        own_reports=own_kinds(sight, "r.kinds"),
        own_orders=order_kinds(sight),
    )


async def _counts(where: tuple[object, ...], waiting: str) -> dict[str, int]:
    found = await row(COUNTS.format(waiting=waiting), *where)
    assert found is not None
    return dict(found)


def _row(pack: Pack, one: dict[str, Any], now: datetime) -> TriageRow:
    return TriageRow(
        what=one["what"],
        number=one["number"],
        version=one["version"],
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kinds=kind_names(pack, one["kinds"]),
        cause=one["cause"] or unrouted(pack, one),
        since=one["since"],
        left=left(pack, one["due_at"], now),
        emergency=one["emergency"],
        historical=one["historical"],
        suggestions=one["suggestions"],
    )


def unrouted(pack: Pack, order: Mapping[str, Any]) -> str:
    """Why the pack's table has no lead; "route.known" where it has one by now."""
    matter = Matter(
        kinds=tuple(order["kinds"]),
        county=order["county"],
        township=order["township"],
        also=tuple(order["also"]),
        channel=order["channel"],
        wish=order["wish"],
        emergency=order["emergency"],
        trade=order["industry"] or "",
        target=order["target"],
        told=(order["told"],),
    )
    return routed(pack, matter).cause or "route.known"
