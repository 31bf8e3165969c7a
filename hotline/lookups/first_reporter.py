"""首报顺序: the reporters of an order in the order in which the service registered them.

Across merged orders: whatever way a report came into the order, its own stamp counts.
"""

from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.rules.first_reporter import Placed, Told, in_order

TOLD: Final = """
SELECT r.id, r.number, r.registered_at, r.wants_reward, r.sender_index AS sender,
  r.stage = 'withdrawn' AS is_withdrawn
FROM membership m JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL
"""


async def first_reporters(tenant_id: str, order_id: UUID) -> tuple[Placed, ...]:
    """For a reward case: who was first, who came next. Nothing of the persons."""
    found = await rows(TOLD, tenant_id, order_id)
    return in_order(Told(**one) for one in found)
