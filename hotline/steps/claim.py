"""A drain leases a batch in one short transaction; each report is then decided by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hotline.database import rows

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Claimed:
    """One report leased to this worker."""

    tenant_id: str
    id: UUID
    county: str | None
    attempts: int


async def claim(limit: int, now: datetime, lease: timedelta = LEASE) -> list[Claimed]:
    """Undecided reports nobody else holds, oldest first within a county."""
    # MATERIALIZED: on wrong counts a planner chooses anew for each report, and leases them all
    found = await rows(
        "WITH c AS MATERIALIZED (SELECT tenant_id, id FROM service_request"
        "   WHERE stage = 'received' AND (leased_until IS NULL OR leased_until < $3)"
        "   ORDER BY tenant_id, chosen_county, registered_at LIMIT $1 FOR UPDATE SKIP LOCKED)"
        " UPDATE service_request r SET leased_until = $2, attempts = attempts + 1 FROM c"
        " WHERE r.tenant_id = c.tenant_id AND r.id = c.id"
        " RETURNING r.tenant_id, r.id, r.chosen_county, r.attempts, r.registered_at",
        limit,
        now + lease,
        now,
    )
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
