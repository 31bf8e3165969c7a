"""幂等: what a machine sends twice is done once: the id decides, in one commit with the deed."""

import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from hotline.database import row, transaction
from hotline.errors import DeliveryConflict
from hotline.records import new_id
from hotline.rules.report import Delivery
from hotline.steps.hold import hold
from hotline.steps.intake_rows import body_hash
from hotline.steps.transition import Target

# whoever comes at the same moment waits here for the first one's commit
CLAIM: Final = """
INSERT INTO delivery (id, tenant_id, channel, delivery_id, body_hash, request_id, answer,
  received_at) VALUES ($1, $2, $3, $4, $5, $6, '{}', now())
ON CONFLICT (tenant_id, channel, delivery_id) DO NOTHING RETURNING id
"""
KNOWN: Final = """
SELECT body_hash, request_id FROM delivery
WHERE tenant_id = $1 AND channel = $2 AND delivery_id = $3
"""


async def once(
    target: Target, delivery: Delivery, act: Callable[[], Awaitable[None]], now: datetime
) -> None:
    """Do it unless it was done. DeliveryConflict: the id came before with something else."""
    hashed = body_hash(target.tenant_id, delivery.body)
    named = (target.tenant_id, delivery.channel, delivery.delivery_id)
    async with transaction():
        if await row(CLAIM, new_id(), *named, hashed, target.id):
            await act()
            return
    known = await row(KNOWN, *named)
    same = known is not None and hmac.compare_digest(bytes(known["body_hash"]), hashed)
    if known is None or not same or known["request_id"] != target.id:
        await hold(target.tenant_id, delivery, "delivery.other_body", now)
        raise DeliveryConflict(delivery.channel)
