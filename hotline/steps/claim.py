"""A drain leases a batch in one short transaction; each report is then decided by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import rows

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5


# MATERIALIZED: on wrong counts a planner chooses anew for each report, and leases them all
CLAIM: Final = """
WITH c AS MATERIALIZED (SELECT tenant_id, id FROM service_request
  WHERE stage = 'received' AND (leased_until IS NULL OR leased_until < $3) AND {which}
  ORDER BY tenant_id, chosen_county, registered_at LIMIT $1 FOR UPDATE SKIP LOCKED)
UPDATE service_request r SET leased_until = $2, attempts = attempts + 1 FROM c
WHERE r.tenant_id = c.tenant_id AND r.id = c.id
RETURNING r.tenant_id, r.id, r.chosen_county, r.attempts, r.registered_at
"""
FRESH: Final = "attempts = 0"
TRIED: Final = "attempts > 0"


@dataclass(frozen=True, slots=True)
class Claimed:
    """One report leased to this worker. `attempts`: this one among them, for none may come back."""

    tenant_id: str
    id: UUID
    county: str | None
    attempts: int

    @property
    def spent(self) -> bool:
        """Each of its tries ended without a word: it takes with it whoever decides it."""
        return self.attempts > MOST_ATTEMPTS


async def claim(limit: int, now: datetime, lease: timedelta = LEASE) -> list[Claimed]:
    """Undecided reports nobody else holds, oldest first within a county; if none, one tried before.

    Tries are counted here, before anything is read. What was tried goes alone: whoever died of one
    report of a batch must not cost the others their tries.
    """
    found = await _claim(CLAIM.format(which=FRESH), limit, now, lease)
    return found or await claim_tried(now, lease)


async def claim_tried(now: datetime, lease: timedelta = LEASE) -> list[Claimed]:
    """One whose last try failed, or ended with its worker."""
    return await _claim(CLAIM.format(which=TRIED), 1, now, lease)


async def _claim(sql: str, limit: int, now: datetime, lease: timedelta) -> list[Claimed]:
    found = await rows(sql, limit, now + lease, now)
    found.sort(key=lambda one: (one["tenant_id"], one["chosen_county"] or "", one["registered_at"]))
    return [
        Claimed(one["tenant_id"], one["id"], one["chosen_county"], one["attempts"]) for one in found
    ]


async def waiting(now: datetime) -> int:
    """How many undecided reports nobody holds: the depth of the intake."""
    found = await rows(
        "SELECT count(*) AS n FROM service_request WHERE stage = 'received'"
        " AND (leased_until IS NULL OR leased_until < $1)",
        now,
    )
    return int(found[0]["n"])
