"""Look-alikes by index only: same body, same sender, same county lately, shared rare words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hotline.database import rows
from hotline.rules.dedupe import Likeness, Sketch, likeness
from hotline.rules.lifecycle import OVER
from hotline.rules.probing import probes
from hotline.rules.rarity import Rarity
from hotline.rules.terms import OrderStage

LOOK_BACK = timedelta(days=400)
MOST = 40
FEW = 1000  # reports; among fewer a share says nothing either

FOUND = """
SELECT r.id, r.county, r.township, r.kinds, r.grams, r.title, r.body_key, r.sender_index,
  r.landmark, r.target, r.registered_at, o.id AS order_id, o.number AS order_number, o.stage,
  o.historical
FROM ({picked}) p
JOIN service_request r ON r.tenant_id = $1 AND r.id = p.id
JOIN membership m ON m.tenant_id = $1 AND m.request_id = r.id AND m.to_at IS NULL
JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id
WHERE r.id <> $2 AND o.stage <> 'withdrawn'
"""

# One look-up a word in the index of words alone (the concatenations hide the other indexes), so
# that no long text is unpacked for a report that is no candidate.
PICKED = """
WITH shared AS MATERIALIZED (
  SELECT r.id, r.county, sum(p.weight) AS words
  FROM unnest($8::text[], $9::float8[]) AS p(word, weight) CROSS JOIN LATERAL (
    SELECT id, county FROM service_request WHERE grams <> '{}' AND grams @> ARRAY[p.word]
      AND tenant_id || '' = $1 AND registered_at + interval '0' BETWEEN $6 AND $7 LIMIT 200) r
  GROUP BY r.id, r.county)
(SELECT id FROM service_request WHERE tenant_id = $1 AND body_key = $3 LIMIT 20)
UNION
(SELECT id FROM service_request WHERE tenant_id = $1 AND sender_index = $4
  ORDER BY registered_at DESC LIMIT 20)
UNION
(SELECT id FROM shared WHERE county = $5 ORDER BY words DESC LIMIT 20)
UNION
(SELECT id FROM shared ORDER BY words DESC LIMIT 40)
"""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An earlier matter like this one, and why."""

    order_id: UUID
    order_number: str
    request_id: UUID
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: the tenant, the report itself left out, and the time around it."""

    tenant_id: str
    at: datetime
    historical: bool = False  # history may also be like what came after it

    @property
    def until(self) -> datetime:
        """The newest that may be compared."""
        return self.at + LOOK_BACK if self.historical else self.at


async def alike(search: Search, new: Sketch, rarity: Rarity) -> list[LookAlike]:
    """Earlier matters like this one, likest first, one an order.

    Call it inside a transaction: there alone the planner can be kept from reading every report,
    which it thinks cheap because it does not count the unpacking of long arrays.
    """
    await rows("SELECT set_config('enable_seqscan', 'off', true)")
    chosen = probes(new.title, new.grams, rarity)
    found = await rows(
        FOUND.format(picked=PICKED),
        search.tenant_id,
        new.id,
        new.body_key,
        new.sender,
        new.county,
        search.at - LOOK_BACK,
        search.until,
        [probe.word for probe in chosen],
        [probe.weight for probe in chosen],
    )
    best: dict[UUID, LookAlike] = {}
    for row in found:
        like = likeness(
            new, _sketch(row, alive=row["historical"] == search.historical), rarity=rarity
        )
        one = LookAlike(row["order_id"], row["order_number"], row["id"], like)
        if like.band != "new" and _likelier(one, best.get(one.order_id)):
            best[one.order_id] = one
    return sorted(best.values(), key=lambda one: _rank(one.likeness), reverse=True)[:MOST]


def _sketch(row: dict[str, Any], *, alive: bool) -> Sketch:
    return Sketch(
        id=row["id"],
        county=row["county"],
        township=row["township"],
        kinds=frozenset(row["kinds"]),
        grams=frozenset(row["grams"]),
        title=row["title"],
        body_key=row["body_key"],
        sender=row["sender_index"],
        landmark=row["landmark"],
        target=row["target"],
        at=row["registered_at"],
        open=alive and OrderStage(row["stage"]) not in OVER,
    )


def _likelier(one: LookAlike, other: LookAlike | None) -> bool:
    return other is None or _rank(one.likeness) > _rank(other.likeness)


def _rank(like: Likeness) -> tuple[bool, float]:
    return like.band == "join", like.score
