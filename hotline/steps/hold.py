"""A delivery that cannot be taken is kept sealed until a person has looked at it."""

from datetime import datetime

from hotline.database import rows
from hotline.records import new_id
from hotline.records.sealing import new_envelope
from hotline.rules.report import Delivery
from hotline.steps.intake_rows import body_hash

KEEP = """
INSERT INTO held_delivery (id, tenant_id, channel, delivery_id, reason, received_at, kek_id,
  wrapped_key, body, body_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (tenant_id, channel, delivery_id, body_hash) DO NOTHING
"""


async def hold(tenant_id: str, delivery: Delivery, reason: str, now: datetime) -> None:
    """Keep one delivery for the repair desk; `reason` is a message key. A retry is kept once."""
    held_id = new_id()
    envelope = new_envelope(tenant_id, held_id)
    await rows(
        KEEP,
        held_id,
        tenant_id,
        delivery.channel,
        delivery.delivery_id,
        reason,
        now,
        envelope.kek_id,
        envelope.wrapped_key,
        envelope.seal("body", delivery.sent or delivery.body),
        body_hash(tenant_id, delivery.body),
    )
