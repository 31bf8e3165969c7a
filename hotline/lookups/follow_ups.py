"""回访 as desks show it: who is still to be asked, how often it was tried, and who wants a 重办."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.lookups.answered import ANSWERED
from hotline.lookups.names import place_label
from hotline.policy.pack import Pack
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.numbering import asked
from hotline.rules.sight import Sight

MOST: Final = 100
# answered, not rated since, wants a reply, not asked in vain often enough ($3)
DUE: Final = """
SELECT r.number, r.title, r.county, r.township, r.jurisdiction, o.answered_at, t.tries
FROM service_request r
JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
CROSS JOIN LATERAL (SELECT count(*) AS tries, bool_or(f.result <> 'missed') AS over
  FROM follow_up_try f WHERE f.tenant_id = r.tenant_id AND f.request_id = r.id
  AND f.at >= o.answered_at) t
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.stage IN ('answered', 'closed')
  AND r.wants_reply AND NOT r.historical AND o.answered_at IS NOT NULL
  AND t.over IS NOT TRUE AND t.tries < $3
  AND NOT EXISTS (SELECT FROM feedback f WHERE f.tenant_id = r.tenant_id
    AND f.request_id = r.id AND f.at >= o.answered_at){own}
ORDER BY t.tries, o.answered_at LIMIT $4
"""
# unsolved and asked for again, since the answer that stands
WANTED: Final = """
SELECT DISTINCT ON (f.at, o.number) o.number, o.title, o.stage, f.at, f.score, f.solved, f.text
FROM feedback f JOIN work_order o ON o.tenant_id = f.tenant_id AND o.id = f.order_id
WHERE f.tenant_id = $1 AND o.jurisdiction = ANY($2) AND f.wants_redo
  AND o.stage IN ('answered', 'closed', 'closed_interim') AND o.archived_at IS NULL
  AND f.at >= o.answered_at AND ($4 = '' OR o.lead = $4){own} ORDER BY f.at, o.number LIMIT $3
"""
ONE: Final = f"""
SELECT r.id, r.tenant_id, r.number, r.version, r.title, r.text, r.jurisdiction, r.secrecy,
  o.id AS order_id, o.number AS order_number, o.answered_at, x.text AS reply
{ANSWERED}  AND r.stage IN ('answered', 'closed'){{own}}
"""
TRIES: Final = """
SELECT f.at, f.result, f.note, s.name AS who FROM follow_up_try f
LEFT JOIN staff s ON s.tenant_id = f.tenant_id AND s.id::text = f.by
WHERE f.tenant_id = $1 AND f.request_id = $2 AND f.at >= $3 ORDER BY f.at
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One report whose reporter is to be asked."""

    number: str
    title: str = field(repr=False)
    place: str
    answered_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One order of which somebody said that it is not solved."""

    number: str
    title: str = field(repr=False)
    stage: str
    at: datetime
    score: int
    solved: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt."""

    at: datetime
    result: str
    note: str
    who: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What an agent needs to ask one reporter. Ids stay in the house."""

    id: UUID
    tenant_id: str
    number: str
    version: int
    title: str = field(repr=False)
    text: str = field(repr=False)
    order: str
    answered_at: datetime
    reply: str = field(repr=False)
    tries: tuple[Tried, ...]
    most: int


async def due(by: Actor, pack: Pack) -> tuple[Due, ...]:
    """The least often tried and longest answered first."""
    sight, known = await sight_of(by), await packs()
    places = sorted(sight.jurisdictions)
    sql = _within(DUE, sight)
    found = await rows(sql, sight.tenant_id, places, pack.limit("follow_up"), MOST)
    return tuple(
        Due(
            one["number"],
            one["title"],
            place_label(known.pack(one["jurisdiction"]), one["county"], one["township"]),
            one["answered_at"],
            one["tries"],
        )
        for one in found
    )


async def wanted(by: Actor) -> tuple[Wanted, ...]:
    """重办 that somebody asked for and nobody has granted."""
    sight = await sight_of(by)
    places = sorted(sight.jurisdictions)
    found = await rows(_within(WANTED, sight), sight.tenant_id, places, MOST, sight.department)
    return tuple(Wanted(**one) for one in found)


async def follow_up_of(by: Actor, number: str) -> FollowUp:
    """NotFound for a report that is not answered, or beyond sight."""
    sight = await sight_of(by)
    found = await row(
        _within(ONE, sight), sight.tenant_id, asked(number), sorted(sight.jurisdictions)
    )
    if found is None:
        raise NotFound("request")
    return await _one(found)


def _within(sql: str, sight: Sight) -> str:
    return sql.format(own=order_kinds(sight))


async def _one(found: dict[str, Any]) -> FollowUp:
    tries = await rows(TRIES, found["tenant_id"], found["id"], found["answered_at"])
    pack = (await packs()).pack(found["jurisdiction"])
    return FollowUp(
        id=found["id"],
        tenant_id=found["tenant_id"],
        number=found["number"],
        version=found["version"],
        title=found["title"],
        text=found["text"],
        order=found["order_number"],
        answered_at=found["answered_at"],
        reply=found["reply"] or "",
        tries=tuple(
            Tried(one["at"], one["result"], one["note"], one["who"] or "") for one in tries
        ),
        most=pack.limit("follow_up"),
    )
