"""投递失败: messages that did not arrive, by way and cause; no address, no words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records.handles import handle, opened
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor
from hotline.rules.sight import Sight

MOST: Final = 100
MOST_AT_ONCE: Final = 500
KIND: Final = "message"
STATES: Final = {
    "dead": "m.state = 'dead'",
    "unreachable": "m.state = 'unreachable' AND m.error IS NOT NULL",
    "waiting": "m.state = 'queued' AND m.error IS NOT NULL",
}
FOUND: Final = """
FROM message m
LEFT JOIN service_request r ON r.tenant_id = m.tenant_id AND r.id = m.request_id
LEFT JOIN membership i ON i.tenant_id = m.tenant_id AND i.request_id = m.request_id
  AND i.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = coalesce(m.order_id, i.order_id)
LEFT JOIN LATERAL (SELECT way, at, permanent FROM message_attempt t
  WHERE t.tenant_id = m.tenant_id AND t.message_id = m.id ORDER BY at DESC LIMIT 1) a ON true
WHERE m.tenant_id = $1 AND coalesce(r.jurisdiction, o.jurisdiction) = ANY($2)
  AND {state}{own}
"""
ROWS: Final = """
SELECT m.id, m.state, m.recipient, m.template, m.error, m.attempts, m.created_at, m.available_at,
  m.partner, coalesce(r.number, o.number) AS number, r.number IS NOT NULL AS is_report,
  a.way, a.at, a.permanent
{found} AND ($3 = '' OR coalesce(a.way, '') = $3) AND ($4 = '' OR m.error = $4)
ORDER BY m.created_at DESC, m.seq DESC LIMIT $5
"""
CAUSES: Final = """
SELECT coalesce(a.way, '') AS way, m.error, count(*) AS n
{found} GROUP BY 1, 2 ORDER BY n DESC, 2 LIMIT 40
"""
ATTEMPTS: Final = """
SELECT way, error, permanent, at FROM message_attempt
WHERE tenant_id = $1 AND message_id = $2 ORDER BY at DESC LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which messages."""

    state: str = "dead"
    way: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """One message that did not arrive."""

    handle: str
    state: str
    recipient: str
    template: str
    way: str
    error: str
    permanent: bool
    attempts: int
    number: str
    is_report: bool
    partner: str
    created_at: datetime
    last_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why so many failed by one way."""

    way: str
    error: str
    n: int


@dataclass(frozen=True, slots=True)
class Try:
    """One try that failed."""

    way: str
    error: str
    permanent: bool
    at: datetime


async def failures(by: Actor, asked: Asked, most: int = MOST) -> list[Failure]:
    """The newest first."""
    sight = await sight_of(by)
    sql = ROWS.format(found=_found(sight, STATES[asked.state]))
    found = await rows(sql, *_seen(sight), asked.way, asked.error, most)
    return [_failure(one) for one in found]


async def causes(by: Actor, state: str) -> list[Cause]:
    """What they have in common, the commonest first."""
    sight = await sight_of(by)
    found = await rows(CAUSES.format(found=_found(sight, STATES[state])), *_seen(sight))
    return [Cause(one["way"], one["error"] or "", one["n"]) for one in found]


async def failure(by: Actor, told: str) -> Failure:
    """The message of a handle, whatever became of it. NotFound."""
    sight = await sight_of(by)
    sql = ROWS.format(found=_found(sight, "m.id = $6"))
    found = await rows(sql, *_seen(sight), "", "", 1, opened(KIND, told))
    if not found:
        raise NotFound("message")
    return _failure(found[0])


async def tries(by: Actor, told: str) -> list[Try]:
    """What was tried of it, the latest first."""
    found = await rows(ATTEMPTS, (await sight_of(by)).tenant_id, opened(KIND, told))
    return [Try(one["way"], one["error"], one["permanent"], one["at"]) for one in found]


def _found(sight: Sight, state: str) -> str:
    return FOUND.format(state=state, own=report_kinds(sight))


def _seen(sight: Sight) -> tuple[str, list[str]]:
    return sight.tenant_id, sorted(sight.jurisdictions)


def _failure(one: dict[str, Any]) -> Failure:
    return Failure(
        handle=handle(KIND, one["id"]),
        state=one["state"],
        recipient=one["recipient"],
        template=one["template"],
        way=one["way"] or "",
        error=one["error"] or "",
        permanent=bool(one["permanent"]),
        attempts=one["attempts"],
        number=one["number"] or "",
        is_report=one["is_report"],
        partner=one["partner"] or "",
        created_at=one["created_at"],
        last_at=one["at"],
        next_at=one["available_at"] if one["state"] == "queued" else None,
    )
