"""热点: many waiting reports whose likest matter is one and the same order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor

ENOUGH: Final = 3  # fewer are decided one by one
MOST: Final = 200  # on one page

# Only those that wait for this question alone: not what wants an answer or accuses an office.
LIKEST: Final = """
FROM service_request r
JOIN work_order o ON o.tenant_id = r.tenant_id AND o.number = r.suggestions->0->>'number'
  AND o.jurisdiction = ANY($2)
  AND o.stage NOT IN ('closed', 'closed_interim', 'withdrawn', 'merged')
WHERE r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.stage = 'triage' AND NOT r.historical
  AND r.triage_cause IN ('alike.suggested', 'alike.chosen', 'alike.hot')
  AND r.suggestions->0->>'relation' IN ('same', 'new_facts', 'again')
"""
GROUPS: Final = f"""
SELECT o.number, o.title, count(*) AS waiting, min(r.registered_at) AS since {LIKEST}
GROUP BY o.number, o.title HAVING count(*) >= {ENOUGH} ORDER BY count(*) DESC, o.number LIMIT 10
"""
MEMBERS: Final = f"""
SELECT r.number, r.version, r.title, r.text, r.registered_at, r.suggestions->0 AS likest {LIKEST}
  AND o.number = $3 ORDER BY r.registered_at LIMIT {MOST}
"""
ORDER: Final = """
SELECT number, title FROM work_order WHERE tenant_id = $1 AND jurisdiction = ANY($2) AND number = $3
"""


@dataclass(frozen=True, slots=True)
class Hot:
    """One order and how many wait that are most like it."""

    number: str
    title: str
    waiting: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of them, masked."""

    number: str
    version: int
    title: str
    text: str
    registered_at: datetime
    score: float
    relation: str
    reasons: tuple[str, ...]


async def hot(by: Actor) -> tuple[Hot, ...]:
    """The largest first."""
    return tuple(Hot(**one) for one in await rows(GROUPS, *await _where(by)))


async def waiting(by: Actor, number: str) -> tuple[Mapping[str, Any], tuple[Waiting, ...]]:
    """The order, and the reports whose first suggestion it is."""
    where = await _where(by)
    order = await row(ORDER, *where, number)
    if order is None:
        raise NotFound("order")
    return order, tuple(_waiting(one) for one in await rows(MEMBERS, *where, number))


async def _where(by: Actor) -> tuple[str, list[str]]:
    sight = await sight_of(by)
    return sight.tenant_id, sorted(sight.jurisdictions)


def _waiting(one: Mapping[str, Any]) -> Waiting:
    likest = one["likest"] if isinstance(one["likest"], dict) else json.loads(one["likest"])
    return Waiting(
        **{name: one[name] for name in ("number", "version", "title", "text", "registered_at")},
        score=likest["score"],
        relation=likest["relation"],
        reasons=tuple(likest["reasons"]),
    )
