"""移交受理: which accepting body a person handed a report on to."""

from hotline.policy.pack import Pack
from hotline.records import ServiceRequest
from hotline.records.handed import handings


async def handed_to(request: ServiceRequest, pack: Pack) -> str | None:
    """Who has it since a person handed it on; the table says nothing of it any more."""
    if not pack.accepting:
        return None
    found = await handings(request.tenant_id, request.id)
    return str(found[-1]["body"]) if found else None
