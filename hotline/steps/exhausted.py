"""信访终结: after 复核 the same facts and reasons are not accepted again (a36)."""

from typing import Final

from hotline.database import row
from hotline.records import ServiceRequest

EXHAUSTED: Final = "petition_exhausted"  # the pack's reason
FINAL: Final = """
SELECT 1 FROM review v JOIN service_request r ON r.tenant_id = v.tenant_id AND r.id = v.request_id
WHERE v.tenant_id = $1 AND v.kind = 'recheck' AND v.outcome IN ('upheld', 'changed')
  AND r.sender_index = $2 AND r.body_key = $3 LIMIT 1
"""


async def is_exhausted(request: ServiceRequest) -> bool:
    """The very words of the same person, word for word; what says anything new is for a person."""
    if request.sender_index is None or request.body_key is None or request.emergency:
        return False
    known = request.tenant_id, bytes(request.sender_index), bytes(request.body_key)
    return await row(FINAL, *known) is not None
