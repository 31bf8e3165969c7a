"""热点: many waiting reports whose likest matter is one and the same order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import row, rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records.own_kinds import order_kinds, own_kinds
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight

ENOUGH: Final = 3  # fewer are decided one by one
MOST: Final = 200  # on one page

# Only those that wait for this question alone: not what wants an answer or accuses an office.
WAITS: Final = """
r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.stage = 'triage' AND NOT r.historical
  AND r.triage_cause IN ('alike.suggested', 'alike.chosen', 'alike.hot')
  AND r.suggestions->0->>'relation' IN ('same', 'new_facts', 'again')
"""
RUNS: Final = """
o.tenant_id = $1 AND o.jurisdiction = ANY($2)
  AND o.stage NOT IN ('closed', 'closed_interim', 'withdrawn', 'merged')
"""
# An order that was merged since leads to the one that goes on.
GROUPS: Final = f"""
WITH RECURSIVE waits AS (
  SELECT r.suggestions->0->>'number' AS likest, count(*) AS reports, min(r.registered_at) AS since
  FROM service_request r WHERE {WAITS}{{waits}} GROUP BY 1),
way AS (
  SELECT w.likest, o.id, o.merged_into_id FROM waits w
  JOIN work_order o ON o.tenant_id = $1 AND o.number = w.likest
  UNION ALL SELECT w.likest, o.id, o.merged_into_id FROM way w
  JOIN work_order o ON o.tenant_id = $1 AND o.id = w.merged_into_id)
SELECT o.number, o.title, sum(w.reports)::int AS waiting, min(w.since) AS since
FROM waits w JOIN way USING (likest) JOIN work_order o USING (id) WHERE {RUNS}{{runs}}
GROUP BY o.number, o.title HAVING sum(w.reports) >= {ENOUGH}
ORDER BY waiting DESC, o.number LIMIT 10
"""  # noqa: S608
MEMBERS: Final = f"""
WITH RECURSIVE inside AS (
  SELECT o.id, o.number FROM work_order o WHERE {RUNS} AND o.number = $3
  UNION ALL SELECT o.id, o.number FROM work_order o
  JOIN inside i ON o.tenant_id = $1 AND o.merged_into_id = i.id)
SELECT r.number, r.version, r.title, r.text, r.registered_at, r.suggestions->0 AS likest
FROM service_request r
WHERE {WAITS}{{waits}} AND r.suggestions->0->>'number' IN (SELECT number FROM inside)
ORDER BY r.registered_at LIMIT {MOST}
"""  # noqa: S608
ORDER: Final = """
SELECT o.number, o.title FROM work_order o
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND o.number = $3{runs}
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
    sight = await sight_of(by)
    return tuple(Hot(**one) for one in await rows(_within(GROUPS, sight), *_seen(sight)))


async def waiting(by: Actor, number: str) -> tuple[Mapping[str, Any], tuple[Waiting, ...]]:
    """The order, and the reports whose first suggestion it is."""
    sight = await sight_of(by)
    order = await row(_within(ORDER, sight), *_seen(sight), number)
    if order is None:
        raise NotFound("order")
    members = await rows(_within(MEMBERS, sight), *_seen(sight), number)
    return order, tuple(_waiting(one) for one in members)


def _within(sql: str, sight: Sight) -> str:
    return sql.format(waits=own_kinds(sight, "r.kinds"), runs=order_kinds(sight))


def _seen(sight: Sight) -> tuple[str, list[str]]:
    return sight.tenant_id, sorted(sight.jurisdictions)


def _waiting(one: Mapping[str, Any]) -> Waiting:
    likest = one["likest"] if isinstance(one["likest"], dict) else json.loads(one["likest"])
    return Waiting(
        **{name: one[name] for name in ("number", "version", "title", "text", "registered_at")},
        score=likest["score"],
        relation=likest["relation"],
        reasons=tuple(likest["reasons"]),
    )
