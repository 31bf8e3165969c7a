"""查找: by a number, or by two or more characters of the masked words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from hotline.database import rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.sight import sight_of
from hotline.policy.store import Packs, packs
from hotline.records import new_id
from hotline.records.holders import held_last
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor
from hotline.rules.normalise import grams, tidy
from hotline.rules.numbering import clean_number
from hotline.rules.sight import Sight
from hotline.rules.spelling import spellings

SHORTEST: Final = 2
MOST: Final = 50
STAMP: Final = 80  # bits of an id that do not tell its time

# what this person may see: $1 tenant, $2 jurisdictions, $3 department or ""; an order that was
# taken from a department is none of its any more. Row by row: a list of all that one ever held
# would be long
SEEN: Final = f"""
r.tenant_id = $1 AND r.jurisdiction = ANY($2)
  AND ($3 = '' OR $3 = ANY(ARRAY({held_last("m.order_id")}))){{own}}
"""
ONE: Final = """
SELECT r.number, o.number AS order_number, r.jurisdiction, r.stage, o.stage AS order_stage,
  r.title, r.county, r.township, r.kinds, r.registered_at
FROM service_request r
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE {seen} AND {condition}
"""
FOUND: Final = ONE + "ORDER BY r.registered_at DESC LIMIT $5"
CONDITIONS: Final = {
    "number": "r.number = $4",
    "order": "o.number = $4",
    "merged": """o.id = (WITH RECURSIVE way AS (
      SELECT id, merged_into_id FROM work_order WHERE tenant_id = $1 AND number = $4
      UNION ALL SELECT n.id, n.merged_into_id FROM work_order n JOIN way w
        ON n.tenant_id = $1 AND n.id = w.merged_into_id)
      SELECT id FROM way WHERE merged_into_id IS NULL)""",  # where its reports are now
    "foreign": "r.foreign_number = $4",
    "further": "r.id IN (SELECT p.request_id FROM partner_number p WHERE p.tenant_id = $1"
    " AND p.number = $4)",  # what else a platform calls it
}
# The values stand in the statement, so that it is planned for them; they are numbers of ours.
WORDS: Final = """
WITH hit AS MATERIALIZED (SELECT s.id FROM signature s
  WHERE s.tenant_id = $1 AND s.grams @> ARRAY[{grams}]::int[] AND s.id >= '{since}'::uuid),
newest AS (SELECT x.* FROM (SELECT id FROM hit ORDER BY id DESC) h {own}
  CROSS JOIN LATERAL ({one} LIMIT 1) x LIMIT $4)
SELECT * FROM newest ORDER BY registered_at DESC
"""
# of a department, before anything else is read
OWN: Final = """
CROSS JOIN LATERAL (SELECT WHERE $3 = ANY(ARRAY(SELECT d.department FROM membership b
  JOIN held d ON d.tenant_id = $1 AND d.order_id = b.order_id
  WHERE b.tenant_id = $1 AND b.request_id = h.id AND b.to_at IS NULL))) own
"""
# What a department had in hand: its newest orders each by its key, for of a word that is in very
# many reports hardly any is one department's, and all of those would be more with every year.
LOOKED: Final = 200
NEWEST: Final = """
SELECT DISTINCT order_id AS id FROM held WHERE tenant_id = $1 AND department = {department}
ORDER BY 1 DESC LIMIT {most}
"""
OF_OWN: Final = f"""
WITH mine AS MATERIALIZED ({NEWEST.format(department="$3", most=LOOKED)}),
newest AS (SELECT x.* FROM mine JOIN membership b ON b.tenant_id = $1 AND b.order_id = mine.id
    AND b.to_at IS NULL
  JOIN signature s ON s.tenant_id = $1 AND s.id = b.request_id
    AND (s.grams @> ARRAY[{{grams}}]::int[]) IS TRUE  -- not by the index of all words
  CROSS JOIN LATERAL ({{one}} LIMIT 1) x LIMIT $4)
SELECT * FROM newest ORDER BY registered_at DESC
"""  # noqa: S608 (numbers of ours)
OLDEST: Final = f"""
SELECT o.opened_at FROM ({NEWEST.format(department="$2", most=f"1 OFFSET {LOOKED}")}) n
JOIN work_order o ON o.tenant_id = $1 AND o.id = n.id
"""  # noqa: S608
FEW: Final = 200
COUNTED: Final = f"""
SELECT count(*) AS n FROM (SELECT FROM signature s
  WHERE s.tenant_id = $1 AND s.grams @> ARRAY[{{grams}}]::int[] LIMIT {FEW + 1}) few
"""  # noqa: S608 (numbers of ours)
# 来件 are numbered by time: of a word that is in thousands, only the newest are looked at
WINDOWS: Final = (timedelta(days=7), timedelta(days=60), None)


@dataclass(frozen=True, slots=True)
class Hit:
    """One report, and the order it is in ("" for none)."""

    number: str
    stage: str
    order: str
    order_stage: str
    title: str
    place: str
    kinds: tuple[Named, ...]
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """What was searched for, how, and what came of it. `more`: there are others.

    `since`: only what a department got from then on was looked through, the word being in so many.
    """

    how: Literal["number", "words", "too_short"]
    hits: tuple[Hit, ...]
    more: bool
    since: datetime | None = None


async def search(by: Actor, asked: str, *, whole: bool = False) -> Found:
    """Newest first, within this person's sight. `whole`: however long it takes."""
    number = clean_number(asked)
    said = tidy(asked)
    if number:
        return Found("number", await _by_number(by, number), more=False)
    hits = await _by_their_number(by, said) if said else ()
    if hits:
        return Found("number", hits[:MOST], more=len(hits) > MOST)
    if len(said) < SHORTEST:
        return Found("too_short", (), more=False)
    hits, since = await _by_words(by, said, whole=whole)
    more = len(hits) > MOST
    return Found("words", hits[:MOST], more=more, since=None if more else since)


async def _by_number(by: Actor, number: str) -> tuple[Hit, ...]:
    for condition in ("number", "order", "merged"):
        if found := await _hits(by, condition, number):
            return found
    return ()


async def _by_their_number(by: Actor, said: str) -> tuple[Hit, ...]:
    return await _hits(by, "foreign", said) or await _hits(by, "further", said)


async def _by_words(
    by: Actor, said: str, *, whole: bool
) -> tuple[tuple[Hit, ...], datetime | None]:
    """The newest that hold every one of its characters and pairs; since when, if not all."""
    wanted = ",".join(str(int(one)) for one in spellings(grams(said)))
    sight = await sight_of(by)
    if not wanted:
        return (), None
    if not sight.department:
        return await _in_windows(by, sight, wanted, WINDOWS), None
    if not whole:
        newest = await _own_newest(by, sight, wanted)
        before = await rows(OLDEST, sight.tenant_id, sight.department)
        if len(newest) > MOST or not before:
            return newest, None
        if await _is_in_many(sight, wanted):
            return newest, before[0]["opened_at"]
    return await _in_windows(by, sight, wanted, WINDOWS[-1:]), None


async def _in_windows(
    by: Actor, sight: Sight, wanted: str, windows: tuple[timedelta | None, ...]
) -> tuple[Hit, ...]:
    one = ONE.format(seen=_within(sight), condition="r.id = h.id")
    own = OWN if sight.department else ""
    found: tuple[Hit, ...] = ()
    for window in windows:
        sql = WORDS.format(grams=wanted, since=_since(window), own=own, one=one)
        found = await _seen(by, sql)
        if len(found) > MOST:
            break
    return found


async def _own_newest(by: Actor, sight: Sight, wanted: str) -> tuple[Hit, ...]:
    one = ONE.format(seen=_within(sight), condition="r.id = b.request_id")
    return await _seen(by, OF_OWN.format(grams=wanted, one=one))


async def _is_in_many(sight: Sight, wanted: str) -> bool:
    (counted,) = await rows(COUNTED.format(grams=wanted), sight.tenant_id)
    return int(counted["n"]) > FEW


def _since(window: timedelta | None) -> UUID:
    """The lowest id of so long ago."""
    if window is None:
        return UUID(int=0)
    milliseconds = (new_id().int >> STAMP) - int(window.total_seconds() * 1000)
    return UUID(int=milliseconds << STAMP)


async def _hits(by: Actor, condition: str, value: object) -> tuple[Hit, ...]:
    sql = FOUND.format(seen=_within(await sight_of(by)), condition=CONDITIONS[condition])
    return await _seen(by, sql, value) if value else ()


def _within(sight: Sight) -> str:
    return SEEN.format(own=report_kinds(sight))


async def _seen(by: Actor, sql: str, *values: object) -> tuple[Hit, ...]:
    sight, known = await sight_of(by), await packs()
    where = (sight.tenant_id, sorted(sight.jurisdictions), sight.department)
    return tuple(_hit(known, one) for one in await rows(sql, *where, *values, MOST + 1))


def _hit(known: Packs, one: dict[str, Any]) -> Hit:
    pack = known.pack(one["jurisdiction"])
    return Hit(
        number=one["number"],
        stage=one["stage"],
        order=one["order_number"] or "",
        order_stage=one["order_stage"] or "",
        title=one["title"],
        place=place_label(pack, one["county"], one["township"]),
        kinds=kind_names(pack, one["kinds"]),
        registered_at=one["registered_at"],
    )
