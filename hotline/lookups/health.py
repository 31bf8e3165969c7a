"""运行状况: how long things wait, counted from the rows themselves; names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import OVER

MOST: Final = 10_000  # beyond that a count says no more
COUNTS: Final = """
SELECT
  (SELECT count(*) FROM (SELECT FROM service_request WHERE stage = 'received' LIMIT $3) x)
    AS inbox_waiting,
  (SELECT coalesce(extract(epoch FROM $1 - min(registered_at)), 0)::float8 FROM service_request
    WHERE stage = 'received') AS inbox_age_seconds,
  (SELECT count(*) FROM (SELECT FROM message WHERE state = 'queued' AND available_at <= $1
    LIMIT $3) x) AS messages_waiting,
  (SELECT coalesce(extract(epoch FROM $1 - min(available_at)), 0)::float8 FROM message
    WHERE state = 'queued' AND available_at <= $1) AS oldest_unsent_seconds,
  (SELECT count(*) FROM (SELECT FROM message WHERE state = 'dead' LIMIT $3) x) AS messages_dead,
  (SELECT count(*) FROM (SELECT FROM work_order WHERE next_due_at < $1
    AND stage <> ALL($2) LIMIT $3) x) AS orders_overdue,
  (SELECT count(*) FROM (SELECT FROM held_delivery WHERE resolved_at IS NULL LIMIT $3) x)
    AS deliveries_held,
  (SELECT count(*) FROM (SELECT FROM duty_alarm WHERE acknowledged_at IS NULL
    AND next_at IS NOT NULL LIMIT $3) x) AS emergencies_unconfirmed
"""
BY_DOOR: Final = """
SELECT channel, count(*) AS n FROM service_request
WHERE tenant_id = ANY($1) AND id >= $2 GROUP BY channel ORDER BY channel
"""


@dataclass(frozen=True, slots=True)
class Health:
    """Counts and seconds by name, and today's reports by door."""

    counts: Mapping[str, float]
    doors: Mapping[str, int]


async def health(now: datetime) -> Health:
    """Of the whole installation."""
    found = await row(COUNTS, now, sorted(OVER), MOST)
    tenants = [pack.code for pack in (await packs()).tenants()]
    doors = await rows(BY_DOOR, tenants, _first_id(now))
    counts = {name: float(value) for name, value in (found or {}).items()}
    return Health(counts, {one["channel"]: one["n"] for one in doors})


async def database_answers() -> bool:
    """Whether it does, now."""
    try:
        return await row("SELECT 1 AS one") is not None
    except Exception:  # whatever ails it, the answer is "not now"
        return False


def _first_id(now: datetime) -> UUID:
    """The first id of the day in Shanghai."""
    begins = datetime.combine(now.astimezone(SHANGHAI).date(), time.min, SHANGHAI).timestamp()
    return UUID(bytes=int(begins * 1000).to_bytes(6, "big") + bytes(10))
