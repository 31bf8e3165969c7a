"""Look-alikes by index only: same body, same sender, same county lately, shared rare words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import planned_rows
from hotline.records.rarity import Known
from hotline.records.signing import Signed
from hotline.rules.dedupe import Likeness, Sketch, is_elsewhere, likeness, ready
from hotline.rules.lifecycle import OVER
from hotline.rules.nearness import point_of
from hotline.rules.probing import BY_ONE_WORD, probes
from hotline.rules.terms import OrderStage

LOOK_BACK: Final = timedelta(days=400)
MOST: Final = 40
BY_KEY: Final = 8  # of the same body, and of the same sender
IN_COUNTY: Final = 8
ANYWHERE: Final = 24

MEMBER: Final = (
    "SELECT request_id, order_id FROM membership WHERE tenant_id = $1 AND to_at IS NULL"
    " AND request_id ="
)
# Only what belongs to an order is picked: of a thousand reports that wait at a desk none is a
# matter. One look-up a word (the concatenations hide the other indexes), each cut short: a word
# that has just become common must not cost more.
FOUND: Final = f"""
WITH shared AS MATERIALIZED (
  SELECT s.id, s.county, sum(p.weight) AS weight
  FROM unnest($8::int[], $9::float8[]) AS p(gram, weight) CROSS JOIN LATERAL (
    SELECT id, county FROM signature WHERE grams @> ARRAY[p.gram] AND tenant_id || '' = $1
      AND registered_at + interval '0' BETWEEN $6 AND $7 LIMIT {BY_ONE_WORD}) s
  GROUP BY s.id, s.county),
bodies AS (SELECT id FROM service_request WHERE tenant_id = $1 AND body_key = $3 LIMIT 200),
senders AS (SELECT id FROM service_request WHERE tenant_id = $1 AND sender_index = $4
  ORDER BY registered_at DESC LIMIT 50),
near AS (SELECT id FROM shared WHERE county = $5 ORDER BY weight DESC),
anywhere AS (SELECT id FROM shared ORDER BY weight DESC),
picked AS (
  (SELECT m.* FROM bodies b CROSS JOIN LATERAL ({MEMBER} b.id LIMIT 1) m LIMIT {BY_KEY})
  UNION (SELECT m.* FROM senders b CROSS JOIN LATERAL ({MEMBER} b.id LIMIT 1) m LIMIT {BY_KEY})
  UNION (SELECT m.* FROM near b CROSS JOIN LATERAL ({MEMBER} b.id LIMIT 1) m LIMIT {IN_COUNTY})
  UNION (SELECT m.* FROM anywhere b CROSS JOIN LATERAL ({MEMBER} b.id LIMIT 1) m LIMIT {ANYWHERE}))
SELECT r.id, r.county, r.township, r.kinds, r.body_key, r.sender_index, r.landmark, r.target,
  r.registered_at, r.longitude, r.latitude, r.accuracy_m, s.words, s.title_words, s.opening,
  o.id AS order_id, o.number AS order_number, o.stage, o.historical
FROM picked p
JOIN service_request r ON r.tenant_id = $1 AND r.id = p.request_id
JOIN signature s ON s.tenant_id = $1 AND s.id = p.request_id
JOIN work_order o ON o.tenant_id = $1 AND o.id = p.order_id
WHERE r.id <> $2 AND o.stage NOT IN ('withdrawn', 'merged')
  AND ((r.county = $5) IS NOT FALSE OR r.body_key = $3 OR r.landmark <> '' OR r.target <> '')
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An earlier matter like this one, and why."""

    order_id: UUID
    order_number: str
    request_id: UUID
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: the tenant, the words to look by, and the time around the report."""

    tenant_id: str
    at: datetime
    signed: Signed
    historical: bool = False  # history may also be like what came after it

    @property
    def until(self) -> datetime:
        """The newest that may be compared."""
        return self.at + LOOK_BACK if self.historical else self.at


async def alike(search: Search, new: Sketch, known: Known) -> list[LookAlike]:
    """Earlier matters like this one, likest first, one an order."""
    best: dict[UUID, LookAlike] = {}
    words = ready(new, known.rarity)
    for row in await _found(search, new, known):
        old = _sketch(row, alive=row["historical"] == search.historical)
        if is_elsewhere(new, old):
            continue
        like = likeness(new, old, rarity=known.rarity, words=words)
        one = LookAlike(row["order_id"], row["order_number"], row["id"], like)
        if like.band != "new" and _likelier(one, best.get(one.order_id)):
            best[one.order_id] = one
    return sorted(best.values(), key=lambda one: _rank(one.likeness), reverse=True)[:MOST]


async def _found(search: Search, new: Sketch, known: Known) -> Sequence[Any]:
    chosen = probes(search.signed.title_grams, search.signed.grams, known.shares)
    return await planned_rows(
        FOUND,
        search.tenant_id,
        new.id,
        new.body_key,
        new.sender,
        new.county,
        search.at - LOOK_BACK,
        search.until,
        [probe.gram for probe in chosen],
        [probe.weight for probe in chosen],
    )


def _sketch(row: Any, *, alive: bool) -> Sketch:
    return Sketch(
        id=row["id"],
        county=row["county"],
        township=row["township"],
        kinds=frozenset(row["kinds"]),
        words=frozenset(row["words"]),
        title_words=tuple(row["title_words"]),
        opening=tuple(row["opening"]),
        body_key=row["body_key"],
        sender=row["sender_index"],
        landmark=row["landmark"],
        target=row["target"],
        at=row["registered_at"],
        point=point_of(row["longitude"], row["latitude"], row["accuracy_m"]),
        open=alive and OrderStage(row["stage"]) not in OVER,
    )


def _likelier(one: LookAlike, other: LookAlike | None) -> bool:
    return other is None or _rank(one.likeness) > _rank(other.likeness)


def _rank(like: Likeness) -> tuple[bool, float]:
    return like.band == "join", like.score
