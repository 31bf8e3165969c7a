"""查找: by a number, or by two or more characters of the masked words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from hotline.database import rows
from hotline.lookups.names import Named, kind_names, place_label
from hotline.policy.sight import sight_of
from hotline.policy.store import Packs, packs
from hotline.rules.actor import Actor
from hotline.rules.normalise import grams, tidy
from hotline.rules.numbering import clean_number
from hotline.rules.spelling import spellings

SHORTEST: Final = 2
MOST: Final = 50

# what this person may see: $1 tenant, $2 jurisdictions, $3 department or ""; an order that was
# taken from a department is none of its any more
SEEN: Final = """
r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND ($3 = '' OR EXISTS (
  SELECT FROM held h WHERE h.tenant_id = $1 AND h.order_id = m.order_id AND h.department = $3
    AND NOT EXISTS (SELECT FROM held l WHERE l.tenant_id = $1 AND l.order_id = m.order_id
      AND coalesce(l.to_at, 'infinity') > coalesce(h.to_at, 'infinity'))))
"""
FOUND: Final = """
SELECT r.number, o.number AS order_number, r.jurisdiction, r.stage, o.stage AS order_stage,
  r.title, r.county, r.township, r.kinds, r.registered_at
FROM service_request r
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE {seen} AND {condition} ORDER BY r.registered_at DESC LIMIT $5
"""
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
    "words": "r.id IN (SELECT s.id FROM signature s WHERE s.tenant_id = $1"
    " AND s.grams @> $4::int[])",
}


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
    """What was searched for, how, and what came of it. `more`: there are others."""

    how: Literal["number", "words", "too_short"]
    hits: tuple[Hit, ...]
    more: bool


async def search(by: Actor, asked: str) -> Found:
    """Newest first, within this person's sight."""
    number = clean_number(asked)
    said = tidy(asked)
    if number:
        return Found("number", await _by_number(by, number), more=False)
    hits = await _by_their_number(by, said) if said else ()
    if hits:
        return Found("number", hits[:MOST], more=len(hits) > MOST)
    if len(said) < SHORTEST:
        return Found("too_short", (), more=False)
    hits = await _hits(by, "words", list(spellings(grams(said))))
    return Found("words", hits[:MOST], more=len(hits) > MOST)


async def _by_number(by: Actor, number: str) -> tuple[Hit, ...]:
    for condition in ("number", "order", "merged"):
        if found := await _hits(by, condition, number):
            return found
    return ()


async def _by_their_number(by: Actor, said: str) -> tuple[Hit, ...]:
    return await _hits(by, "foreign", said) or await _hits(by, "further", said)


async def _hits(by: Actor, condition: str, value: object) -> tuple[Hit, ...]:
    if not value:
        return ()
    sight = await sight_of(by)
    sql = FOUND.format(seen=SEEN, condition=CONDITIONS[condition])
    where = (sight.tenant_id, sorted(sight.jurisdictions), sight.department)
    known = await packs()
    return tuple(_hit(known, one) for one in await rows(sql, *where, value, MOST + 1))


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
