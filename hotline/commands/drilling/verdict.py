"""What a drill left in the database: every report by its delivery, and what may never stand there.

The export says which report came of which delivery; `compare` reads that and the ledger alone.
"""

import asyncio
import json
from pathlib import Path
from typing import Any, Final

import asyncpg

from hotline.errors import StepRefused
from hotline.rules.lifecycle import OVER, next_order_stage, next_request_stage
from hotline.rules.terms import Aggregate, OrderStage, RequestStage, Step

# every report with the id it came under; done: decided, with what the decision needs
EXPORT: Final = """
SELECT d.delivery_id AS delivery, r.number, coalesce(CASE r.stage
  WHEN 'received' THEN FALSE
  WHEN 'refused' THEN r.refuse_reason <> ''
  WHEN 'triage' THEN r.triage_cause <> '' AND r.failure IS NULL
  ELSE (SELECT count(*) = 1 FROM membership m
    WHERE m.request_id = r.id AND m.to_at IS NULL) END, FALSE)
  AND (SELECT count(*) >= 2 FROM event e WHERE e.aggregate = 'request' AND e.aggregate_id = r.id)
  AS done
FROM service_request r LEFT JOIN delivery d ON d.request_id = r.id AND d.tenant_id = r.tenant_id
"""

MOVES: Final = """
SELECT aggregate, step, before, after, count(*) AS many FROM (
  SELECT aggregate, step, stage AS after, lag(stage) OVER (
    PARTITION BY tenant_id, aggregate, aggregate_id ORDER BY seq) AS before
  FROM event WHERE aggregate IN ('request', 'order')) moves
WHERE before IS NOT NULL GROUP BY aggregate, step, before, after
"""

# the state that stands is the one the history ends with
ASTRAY: Final = """
SELECT count(*) AS n FROM (
  SELECT tenant_id, id, stage, 'request' AS aggregate FROM service_request
  UNION ALL SELECT tenant_id, id, stage, 'order' FROM work_order) t
WHERE stage IS DISTINCT FROM (SELECT e.stage FROM event e WHERE e.tenant_id = t.tenant_id
  AND e.aggregate = t.aggregate AND e.aggregate_id = t.id ORDER BY e.seq DESC LIMIT 1)
"""

UNDECIDED: Final = "SELECT count(*) AS n FROM service_request WHERE stage = 'received'"
WAITING: Final = "SELECT count(*) AS n FROM message WHERE state = 'queued'"
UNSENT: Final = "SELECT count(*) AS n FROM message WHERE state IN ('queued', 'dead')"
# why, without a word of what it says or to whom
LEFT: Final = """
SELECT count(*) AS many, state, template, attempts, error,
  leased_until IS NOT NULL AS is_leased, ceil(extract(epoch FROM available_at - now())) AS due_in
FROM message WHERE state IN ('queued', 'dead') GROUP BY 2, 3, 4, 5, 6, 7 LIMIT 20
"""
# whoever wants to be told and left an address has a message of what was decided, sent or not
UNWRITTEN: Final = """
SELECT count(*) AS n FROM service_request r WHERE r.wants_reply
AND r.stage NOT IN ('received', 'triage') AND NOT EXISTS (SELECT FROM message m
  WHERE m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.recipient = 'reporter')
"""
# and one of each: the desks of a drill take no step of an order a second time
TWICE: Final = """
SELECT count(*) AS n FROM (SELECT FROM message WHERE recipient = 'reporter'
  GROUP BY tenant_id, request_id, template HAVING count(*) > 1) t
"""
# what a killed worker had in hand is left to its lease, and goes out after it
ORPHANED: Final = """
SELECT count(*) AS n FROM message WHERE state = 'dead'
OR state = 'queued' AND (leased_until IS NULL OR leased_until < now())
AND available_at < now() AND NOT EXISTS (SELECT FROM message h WHERE h.tenant_id = message.tenant_id
  AND h.thread = message.thread AND h.state = 'queued' AND h.seq < message.seq)
"""
# A minute passes: what a killed worker had claimed is claimed again.
LAPSE: Final = """
UPDATE service_request SET leased_until = now() WHERE stage = 'received' AND leased_until > now()
RETURNING 1
"""
# As a service that was not made a moment ago: else each recovery lays out the whole schema again.
SETTLED: Final = "CHECKPOINT"
STEPS: Final = "SELECT count(*) AS n FROM event WHERE actor_kind = 'staff'"
SENT: Final = "SELECT count(*) AS n FROM message WHERE state = 'sent'"


def ask(url: str, sql: str) -> list[dict[str, Any]]:
    """Rows, as the owner of the database sees them."""
    return asyncio.run(_ask(url, sql))


def count(url: str, sql: str) -> int:
    """The one number a statement gives."""
    return int(ask(url, sql)[0]["n"])


def exported(url: str, path: Path) -> Path:
    """Every report as one JSON line."""
    lines = [json.dumps(line) for line in ask(url, EXPORT)]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def illegal(url: str) -> int:
    """Moves the table of states does not know, and states no history ends with."""
    moves = ask(url, MOVES)
    return count(url, ASTRAY) + sum(int(move["many"]) for move in moves if not allowed(move))


def allowed(move: dict[str, Any]) -> bool:
    """Whether the table lets this step lead from there to here."""
    before, step, after = move["before"], Step(move["step"]), move["after"]
    try:
        if move["aggregate"] == Aggregate.REQUEST.value:
            return next_request_stage(RequestStage(before), step).value == str(after)
        if (step, after) == (Step.CLOSE, OrderStage.CLOSED_INTERIM.value):
            return OrderStage(before) not in OVER
        return next_order_stage(OrderStage(before), step).value == str(after)
    except StepRefused:
        return False


async def _ask(url: str, sql: str) -> list[dict[str, Any]]:
    owner = await asyncpg.connect(url)
    try:
        return [dict(row) for row in await owner.fetch(sql)]
    finally:
        await owner.close()
