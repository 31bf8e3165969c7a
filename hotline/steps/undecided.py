"""待研判: what must be read of undecided reports before they are decided, a batch at a time.

No lock is held: under its own lock each report is compared with what stands by then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.database import PLACE_LOCK, place_of, row, rows
from hotline.records import ServiceRequest, Vault
from hotline.rules.terms import Aggregate, RequestStage
from hotline.steps.append import Chain, follow

HEADS: Final = """
SELECT aggregate_id AS id, seq, digest FROM event
WHERE tenant_id = $1 AND aggregate = 'request' AND aggregate_id = ANY($2) AND seq = 1
"""
WITH_FILES: Final = """
SELECT DISTINCT d.request_id AS id FROM delivery d JOIN attachment a ON a.tenant_id = d.tenant_id
  AND a.draft_id = CASE WHEN d.delivery_id ~ '^[0-9a-f-]{36}$' THEN d.delivery_id::uuid END
WHERE d.tenant_id = $1 AND d.request_id = ANY($2) AND a.request_id IS NULL
"""
# Its matter first, then itself; one way to the database for both. Whoever waits for either gets the
# row as it stands when the waiting is over.
LOCKED: Final = f"""
SELECT r.version, r.stage
FROM (SELECT {PLACE_LOCK.format(tenant="$3", county="$4")} OFFSET 0) matter
JOIN service_request r ON r.tenant_id = $1 AND r.id = $2 FOR NO KEY UPDATE OF r
"""  # noqa: S608
# The same for several: every matter in the order in which all lock them, then every report.
MATTERS_LOCKED: Final = f"""
SELECT {PLACE_LOCK.format(tenant="$1", county="place")} FROM unnest($2::text[]) place
"""  # noqa: S608
ALL_LOCKED: Final = """
SELECT id, version, stage FROM service_request WHERE tenant_id = $1 AND id = ANY($2)
ORDER BY id FOR NO KEY UPDATE
"""


@dataclass(frozen=True, slots=True)
class Undecided:
    """One report as it stood when its batch was read."""

    request: ServiceRequest
    vault: Vault
    head: bytes | None  # of its history, while nothing but its registration has happened
    has_files: bool


async def undecided(tenant_id: str, ids: Sequence[UUID]) -> list[Undecided]:
    """Those that still wait, in no order."""
    known = {"tenant_id": tenant_id, "id__in": list(ids)}
    requests = await ServiceRequest.filter(**known, stage=RequestStage.RECEIVED.value)
    vaults = {vault.id: vault for vault in await Vault.filter(**known)}
    heads = {one["id"]: one["digest"] for one in await rows(HEADS, tenant_id, list(ids))}
    filed = {one["id"] for one in await rows(WITH_FILES, tenant_id, list(ids))}
    return [Undecided(one, vaults[one.id], heads.get(one.id), one.id in filed) for one in requests]


async def locked(one: Undecided, county: str | None) -> ServiceRequest | None:
    """The report under its matter's lock and its own, as it stands now; None when it was decided
    meanwhile.
    """
    request = one.request
    key = request.tenant_id, request.id
    stands = await row(LOCKED, *key, int(request.tenant_id), place_of(county))
    if stands is None or stands["stage"] != RequestStage.RECEIVED:
        return None
    if stands["version"] != request.version:  # its reporter has added to it
        return await ServiceRequest.get(tenant_id=request.tenant_id, id=request.id)
    if request.version == 1 and one.head:
        follow(Chain(request.tenant_id, Aggregate.REQUEST, request.id), 1, one.head)
    return request


async def locked_as_read(
    tenant_id: str, counties: Iterable[str | None], waiting: Sequence[Undecided]
) -> set[UUID]:
    """Those of one tenant that stand as they were read, all under their locks."""
    places = sorted(set(map(place_of, counties)))
    await rows(MATTERS_LOCKED, int(tenant_id), places)
    found = await rows(ALL_LOCKED, tenant_id, [one.request.id for one in waiting])
    stands = {one["id"]: one["version"] for one in found if one["stage"] == RequestStage.RECEIVED}
    return {one.request.id for one in waiting if stands.get(one.request.id) == one.request.version}
