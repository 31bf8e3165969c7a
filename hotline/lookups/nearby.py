"""附近和同源: other orders of the township or about the same source, within sight."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import rows
from hotline.lookups.names import pack_of, place_label
from hotline.lookups.order import OrderView
from hotline.policy.sight import sight_of
from hotline.records.holders import held_last
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.terms import OrderStage

BACK: Final = timedelta(days=180)
MOST: Final = 6  # of each kind
LATELY: Final = 300  # reports of each kind, however many a large township has
# an order that was taken from a department is none of its any more, as in a search
# of the county's reports of half a year the newest of one township, and that accuse the same
FOUND: Final = """
WITH own AS (SELECT r.target FROM work_order o JOIN service_request r
    ON r.tenant_id = $1 AND r.id = o.first_request_id WHERE o.tenant_id = $1 AND o.id = $2),
around AS MATERIALIZED (
  (SELECT r.id, r.target <> '' AND r.target = (SELECT target FROM own) AS same_source
    FROM service_request r WHERE r.tenant_id = $1 AND r.county = $3 AND r.township = $4
      AND r.registered_at > $5 ORDER BY r.registered_at DESC LIMIT {lately})
  UNION ALL
  (SELECT r.id, true FROM service_request r WHERE r.tenant_id = $1 AND r.county = $3
      AND r.target <> '' AND r.target = (SELECT target FROM own)
      AND r.registered_at > $5 ORDER BY r.registered_at DESC LIMIT {lately})),
found AS (SELECT DISTINCT ON (o.id) o.number, o.stage, o.title, o.county, o.township,
    o.jurisdiction, o.opened_at, o.report_count, a.same_source
  FROM around a
  JOIN membership m ON m.tenant_id = $1 AND m.request_id = a.id AND m.to_at IS NULL
  JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id
  WHERE o.id <> $2 AND o.jurisdiction = ANY($6) AND ($7 = '' OR $7 = ANY(ARRAY({holders}))){own}
  ORDER BY o.id, a.same_source DESC)
SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY same_source ORDER BY opened_at DESC) AS n
  FROM found) f WHERE n <= $8 ORDER BY same_source DESC, opened_at DESC
"""


@dataclass(frozen=True, slots=True)
class Near:
    """One order. `same_source`: somebody names the same as the cause."""

    number: str
    stage: OrderStage
    title: str
    place: str
    opened_at: datetime
    report_count: int
    same_source: bool


async def nearby(by: Actor, view: OrderView, now: datetime) -> list[Near]:
    """The same source first, then the township, the newest first."""
    sight = await sight_of(by)
    if not view.county:
        return []
    seen = (sorted(sight.jurisdictions), sight.department, MOST)
    where = (view.tenant_id, view.id, view.county, view.township or "", now - BACK)
    sql = FOUND.format(own=order_kinds(sight), lately=LATELY, holders=held_last("o.id"))
    return [await _near(one) for one in await rows(sql, *where, *seen)]


async def _near(one: dict[str, Any]) -> Near:
    pack = await pack_of(one["jurisdiction"])
    return Near(
        number=one["number"],
        stage=OrderStage(one["stage"]),
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        opened_at=one["opened_at"],
        report_count=one["report_count"],
        same_source=one["same_source"],
    )
