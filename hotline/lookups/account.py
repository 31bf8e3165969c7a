"""账号: who waits with the password alone, a person's sessions, second factor and history."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.records.handles import handle
from hotline.records.sealing import token_hash

SESSION: Final = "session"
WAITING: Final = """
SELECT t.tenant_id, t.staff_id, s.login, f.confirmed_at IS NOT NULL AS has_factor
FROM staff_session t
JOIN staff s ON s.tenant_id = t.tenant_id AND s.id = t.staff_id AND s.active
LEFT JOIN second_factor f ON f.tenant_id = t.tenant_id AND f.staff_id = t.staff_id
WHERE t.token_hash = $1 AND NOT t.passed AND t.revoked_at IS NULL AND t.expires_at > $2
"""
SESSIONS: Final = """
SELECT id, created_at, seen_at, passed, token_hash FROM staff_session
WHERE tenant_id = $1 AND staff_id = $2 AND revoked_at IS NULL AND expires_at > $3
ORDER BY seen_at DESC LIMIT 50
"""
FACTOR: Final = """
SELECT confirmed_at, cardinality(recovery) AS left_over FROM second_factor
WHERE tenant_id = $1 AND staff_id = $2 AND confirmed_at IS NOT NULL
"""
HISTORY: Final = """
SELECT e.at, e.step, e.stage, e.actor_kind, s.name AS who, d.detail FROM event e
LEFT JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
LEFT JOIN staff s ON s.tenant_id = e.tenant_id AND s.id::text = e.actor_id
WHERE e.tenant_id = $1 AND e.aggregate = 'staff' AND e.aggregate_id = $2
ORDER BY e.seq DESC LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose password was right and who still owes a code."""

    tenant_id: str
    staff_id: UUID
    login: str
    has_factor: bool


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    handle: str
    since: datetime
    seen_at: datetime
    passed: bool
    mine: bool  # of whoever looks


@dataclass(frozen=True, slots=True)
class Factor:
    """Since when an authenticator is asked for, and how many recovery codes are left."""

    since: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a person's history."""

    at: datetime
    step: str
    stage: str
    who: str
    before: dict[str, Any]
    after: dict[str, Any]


async def waiting(token: str, now: datetime) -> Waiting | None:
    """None when nothing is asked for any more, or nothing was right."""
    found = await row(WAITING, token_hash(token), now) if token else None
    return Waiting(**found) if found else None


async def sessions(tenant_id: str, staff_id: UUID, now: datetime, token: str) -> list[Session]:
    """The browsers a person is signed in with, the last used first."""
    mine = token_hash(token)
    return [
        Session(
            handle=handle(SESSION, one["id"]),
            since=one["created_at"],
            seen_at=one["seen_at"],
            passed=one["passed"],
            mine=bytes(one["token_hash"]) == mine,
        )
        for one in await rows(SESSIONS, tenant_id, staff_id, now)
    ]


async def factor(tenant_id: str, staff_id: UUID) -> Factor | None:
    """None: the password alone."""
    found = await row(FACTOR, tenant_id, staff_id)
    return Factor(found["confirmed_at"], found["left_over"]) if found else None


async def staff_history(tenant_id: str, staff_id: UUID) -> list[Change]:
    """Who gave which post when, and what came of the account, the newest first."""
    return [_change(one) for one in await rows(HISTORY, tenant_id, staff_id)]


def _change(one: dict[str, Any]) -> Change:
    detail = json.loads(one["detail"] or "{}")
    return Change(
        at=one["at"],
        step=one["step"],
        stage=one["stage"],
        who=one["who"] or "",
        before=detail.get("before") or {},
        after=detail.get("after") or ({} if "roles" not in detail else detail),
    )
