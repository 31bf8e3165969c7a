"""移交受理: to which accepting body a report was handed on, by whom before, and why."""

from typing import Any, Final
from uuid import UUID

from hotline.database import rows

HANDED: Final = """
SELECT d.detail ->> 'body_before' AS before, d.detail ->> 'body_code' AS body,
  d.detail ->> 'reason' AS reason
FROM event e JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
WHERE e.tenant_id = $1 AND e.aggregate = 'request' AND e.aggregate_id = $2 AND e.step = 'hand_on'
ORDER BY e.seq
"""


async def handings(tenant_id: str, request_id: UUID) -> list[dict[str, Any]]:
    """Each of them, the first first."""
    return await rows(HANDED, tenant_id, request_id)
