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
from hotline.rules.probing import BY_ONE_WORD, Probe, probes
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
LOOKED_UP: Final = f"""
WITH shared AS MATERIALIZED (
  SELECT s.id, s.county, sum(p.weight) AS weight
  FROM unnest({{grams}}::int[], {{weights}}::float8[]) AS p(gram, weight) CROSS JOIN LATERAL (
    SELECT id, county FROM signature WHERE grams @> ARRAY[p.gram] AND tenant_id || '' = $1
      AND registered_at + interval '0' BETWEEN {{since}} AND {{until}} LIMIT {BY_ONE_WORD}) s
  GROUP BY s.id, s.county),
bodies AS (SELECT id FROM service_request WHERE tenant_id = $1 AND body_key = {{body}} LIMIT 200),
senders AS (SELECT id FROM service_request WHERE tenant_id = $1 AND sender_index = {{sender}}
  ORDER BY registered_at DESC LIMIT 50),
near AS (SELECT id FROM shared WHERE county = {{county}} ORDER BY weight DESC),
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
WHERE r.id <> {{id}} AND o.stage NOT IN ('withdrawn', 'merged')
  AND ((r.county = {{county}}) IS NOT FALSE OR r.body_key = {{body}} OR r.landmark <> ''
    OR r.target <> '')
"""  # noqa: S608
ASKED: Final = ("id", "body", "sender", "county", "since", "until", "grams", "weights")
FOUND: Final = LOOKED_UP.format(**{name: f"${n}" for n, name in enumerate(ASKED, start=2)})
# The same for several reports of a tenant, one after the other within one statement.
EACH_FOUND: Final = f"""
SELECT a.place, f.* FROM unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::text[],
  $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])
  WITH ORDINALITY AS a({", ".join(ASKED)}, place)
CROSS JOIN LATERAL ({LOOKED_UP.format(**{name: f"a.{name}" for name in ASKED})}) f
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


@dataclass(frozen=True, slots=True)
class Asked:
    """One report whose look-alikes are wanted, and the words to look for."""

    search: Search
    new: Sketch
    probes: Sequence[Probe]

    def values(self) -> tuple[Any, ...]:
        """In the order of ASKED."""
        new, search = self.new, self.search
        since = search.at - LOOK_BACK
        grams = [probe.gram for probe in self.probes]
        weights = [probe.weight for probe in self.probes]
        who = new.id, new.body_key, new.sender, new.county
        return (*who, since, search.until, grams, weights)


def asked(search: Search, new: Sketch, known: Known) -> Asked:
    """Choose the words."""
    return Asked(search, new, probes(search.signed.title_grams, search.signed.grams, known.shares))


async def alike(one: Asked, known: Known) -> list[LookAlike]:
    """Earlier matters like this one, likest first, one an order."""
    found = await planned_rows(FOUND, one.search.tenant_id, *one.values())
    return _likest(one, found, known)


async def each_alike(many: Sequence[Asked], known: Known) -> list[list[LookAlike]]:
    """The same for several of one tenant, in their order, by one statement."""
    if len(many) == 1:
        return [await alike(many[0], known)]
    *plain, grams, weights = zip(*(one.values() for one in many), strict=True)
    listed = [[f"{{{','.join(map(str, one))}}}" for one in column] for column in (grams, weights)]
    of_each: list[list[Any]] = [[] for _ in many]
    for row in await planned_rows(EACH_FOUND, many[0].search.tenant_id, *plain, *listed):
        of_each[row["place"] - 1].append(row)
    return [_likest(one, found, known) for one, found in zip(many, of_each, strict=True)]


def bears_upon(earlier: Asked, one: Asked, known: Known) -> bool:
    """Whether a report would be found for another one, and be like it, if it had an order."""
    new, old = one.new, earlier.new
    if is_elsewhere(new, old) or not _would_find(one, earlier):
        return False
    return likeness(new, old, rarity=known.rarity).band != "new"


def _would_find(one: Asked, earlier: Asked) -> bool:
    new, old = one.new, earlier.new
    if new.body_key == old.body_key or (new.sender is not None and new.sender == old.sender):
        return True
    return not {probe.gram for probe in one.probes}.isdisjoint(earlier.search.signed.grams)


def _likest(one: Asked, found: Sequence[Any], known: Known) -> list[LookAlike]:
    best: dict[UUID, LookAlike] = {}
    words = ready(one.new, known.rarity)
    for row in found:
        old = _sketch(row, alive=row["historical"] == one.search.historical)
        if is_elsewhere(one.new, old):
            continue
        like = likeness(one.new, old, rarity=known.rarity, words=words)
        other = LookAlike(row["order_id"], row["order_number"], row["id"], like)
        if like.band != "new" and _likelier(other, best.get(other.order_id)):
            best[other.order_id] = other
    return sorted(best.values(), key=lambda one: _rank(one.likeness), reverse=True)[:MOST]


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
