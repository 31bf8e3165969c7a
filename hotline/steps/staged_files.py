"""随件附件: what was staged with a draft belongs to its report once that is decided."""

from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.records import ServiceRequest
from hotline.steps.outbox import tell_reporter

INFECTED_WITH: Final = "request.infected"
BOUND: Final = """
UPDATE attachment a SET request_id = $2 FROM delivery d
WHERE d.tenant_id = $1 AND d.request_id = $2 AND a.tenant_id = $1
  AND a.draft_id = CASE WHEN d.delivery_id ~ '^[0-9a-f-]{36}$' THEN d.delivery_id::uuid END
  AND a.request_id IS NULL AND a.removed_at IS NULL
RETURNING a.scan
"""


async def bind_files(request: ServiceRequest) -> bool:
    """Whether one of them lies in quarantine."""
    bound = await rows(BOUND, request.tenant_id, request.id)
    return any(one["scan"] == "infected" for one in bound)


async def take_in_files(request: ServiceRequest, now: datetime) -> None:
    """A virus found while it was a draft's is told its sender now; no desk could open that file."""
    if await bind_files(request):
        await tell_reporter(request, INFECTED_WITH, now)
