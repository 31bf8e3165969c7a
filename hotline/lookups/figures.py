"""公开数据: what was taken, closed and kept in time; small counts are hidden, and said to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from hotline.database import row, rows
from hotline.lookups.names import Named, kind_names
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.suppression import LEAST, over_months, suppressed

IN_SPAN: Final = """
r.tenant_id = $1 AND r.registered_at >= $2 AND r.registered_at < $3
"""
TOTALS: Final = """
SELECT count(*) AS registered, count(*) FILTER (WHERE r.stage = 'refused') AS refused,
  count(*) FILTER (WHERE r.stage IN ('answered', 'closed', 'answered_on_spot')) AS answered
FROM service_request r WHERE {span}
"""
BY_KIND: Final = """
SELECT split_part(k, '.', 1) AS name, count(DISTINCT r.id) AS n
FROM service_request r CROSS JOIN unnest(r.kinds) k WHERE {span} GROUP BY 1
"""
# 跨界: counted once for the whole, and once in each of its places
BY_COUNTY: Final = """
SELECT name, sum(n)::int AS n FROM (
  SELECT r.county AS name, count(*) AS n FROM service_request r
  WHERE {span} AND r.county IS NOT NULL GROUP BY 1
  UNION ALL
  SELECT c, count(*) FROM work_order o CROSS JOIN unnest(o.also) c
  JOIN membership m ON m.tenant_id = o.tenant_id AND m.order_id = o.id AND m.to_at IS NULL
  JOIN service_request r ON r.tenant_id = m.tenant_id AND r.id = m.request_id
  WHERE {span} AND cardinality(o.also) > 0 AND c IS DISTINCT FROM r.county GROUP BY 1
) places GROUP BY 1
"""
IN_TIME: Final = """
SELECT count(*) FILTER (WHERE c.outcome = 'kept') AS kept, count(*) AS ended FROM clock c
JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
WHERE c.tenant_id = $1 AND c.holder = 'order' AND NOT c.is_right
  AND ((c.outcome IN ('kept', 'late') AND c.stopped_at >= $2 AND c.stopped_at < $3)
    OR (c.stopped_at IS NULL AND c.due_at >= $2 AND c.due_at < least($3, now())))
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a table. `count` None: fewer than the least, or hidden to keep such a one."""

    of: Named
    count: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one span of days, both inclusive. A matter of several kinds counts under each."""

    since: date
    until: date
    registered: int | None
    answered: int | None
    refused: int | None
    in_time: float | None  # share of the orders' terms that ended or ran out in the span
    by_month: tuple[Bar, ...]
    by_kind: tuple[Bar, ...]
    by_county: tuple[Bar, ...]


async def figures(tenant_id: str, since: date, until: date) -> Figures:
    """Of a whole tenant; what a month by itself would not tell, no longer span tells either."""
    pack = (await packs()).pack(tenant_id)
    spans = _months(tenant_id, since, until)
    totals = [await _counts(TOTALS, *span) for span in spans]
    kinds = over_months([await _table(BY_KIND, *span) for span in spans])
    counties = await by_county(tenant_id, since, until)
    whole = (tenant_id, _midnight(since), _midnight(until + timedelta(days=1)))
    return Figures(
        since=since,
        until=until,
        **over_months(totals),
        in_time=await _in_time(*whole),
        by_month=tuple(
            Bar(Named(month, month, month), suppressed(one)["registered"])
            for one, span in zip(totals, spans, strict=True)
            if one["registered"] and (month := f"{span[1]:%Y-%m}")
        ),
        by_kind=_ranked(_bars(kinds, kind_names(pack, kinds))),
        by_county=_ranked(
            _bars(counties, [Named(code, pack.gazetteer.label(code)) for code in counties])
        ),
    )


async def by_county(tenant_id: str, since: date, until: date) -> dict[str, int | None]:
    """Of a whole tenant, as every page tells it: a part of it hides what the whole hides."""
    spans = _months(tenant_id, since, until)
    return over_months([await _table(BY_COUNTY, *span) for span in spans])


def _months(tenant_id: str, since: date, until: date) -> list[tuple[str, datetime, datetime]]:
    """The span cut at the ends of months."""
    found, first = [], since
    while first <= until:
        following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = min(following, until + timedelta(days=1))
        found.append((tenant_id, _midnight(first), _midnight(end)))
        first = following
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


async def _counts(sql: str, *span: object) -> dict[str, int]:
    found = await row(sql.format(span=IN_SPAN), *span)
    return {name: int(count) for name, count in (found or {}).items()}


async def _table(sql: str, *span: object) -> dict[str, int]:
    return {one["name"]: one["n"] for one in await rows(sql.format(span=IN_SPAN), *span)}


async def _in_time(*span: object) -> float | None:
    found: dict[str, Any] = await row(IN_TIME, *span) or {}
    ended = found.get("ended", 0)
    return round(found["kept"] / ended, 3) if ended >= LEAST else None


def _bars(told: Mapping[str, int | None], names: Iterable[Named]) -> tuple[Bar, ...]:
    called = {one.code: one for one in names}
    return tuple(Bar(called[code], n) for code, n in told.items())


def _ranked(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """The most first; hidden ones last, in no telling order."""
    return tuple(sorted(bars, key=lambda bar: (bar.count is None, -(bar.count or 0), bar.of.code)))
