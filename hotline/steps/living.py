"""并入何处: from a merged order to the one that goes on."""

from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.errors import NotFound

LIVING: Final = """
WITH RECURSIVE way AS (
  SELECT id, merged_into_id FROM work_order WHERE tenant_id = $1 AND id = $2
  UNION ALL
  SELECT o.id, o.merged_into_id FROM work_order o JOIN way w
    ON o.tenant_id = $1 AND o.id = w.merged_into_id)
SELECT id FROM way WHERE merged_into_id IS NULL
"""


async def living(tenant_id: str, order_id: UUID) -> UUID:
    """Where a merged order's reports are now; an order that was not merged is itself."""
    found = await row(LIVING, tenant_id, order_id)
    if found is None:
        raise NotFound("order")
    return found["id"]  # type: ignore[no-any-return]
