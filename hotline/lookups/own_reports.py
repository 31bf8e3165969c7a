"""A partner's own reports: what came by its key, and what it may know of that. Never another's."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.errors import NotFound
from hotline.lookups.api_key import KeyHolder
from hotline.lookups.progress import Progress, progress_of
from hotline.policy.store import packs
from hotline.records import ServiceRequest
from hotline.rules.numbering import asked
from hotline.rules.terms import RequestStage

# an unknown number and another's are one answer and cost the same look
OWN: Final = """
SELECT r.id, r.stage FROM service_request r WHERE r.tenant_id = $1 AND r.number = $2
  AND EXISTS (SELECT FROM delivery d WHERE d.tenant_id = r.tenant_id AND d.request_id = r.id
    AND d.channel = $3)
"""


@dataclass(frozen=True, slots=True)
class OwnReport:
    """Which report a number of the partner's own names, and where it stands."""

    tenant_id: str
    id: UUID
    stage: RequestStage


async def own_report(holder: KeyHolder, number: str) -> OwnReport:
    """NotFound for an unknown number as for what came by another door."""
    found = await row(OWN, holder.tenant_id, asked(number), holder.channel)
    if found is None:
        raise NotFound("report")
    return OwnReport(holder.tenant_id, found["id"], RequestStage(found["stage"]))


async def own_progress(holder: KeyHolder, number: str) -> Progress:
    """How it stands, as its reporter would see it."""
    own = await own_report(holder, number)
    request = await ServiceRequest.get(tenant_id=holder.tenant_id, id=own.id)
    return await progress_of(request, await packs())
