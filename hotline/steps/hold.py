"""A delivery that cannot be taken is kept sealed until a person has looked at it."""

from datetime import datetime

from hotline.records import HeldDelivery, new_id
from hotline.records.sealing import new_envelope
from hotline.rules.report import Delivery


async def hold(tenant_id: str, delivery: Delivery, reason: str, now: datetime) -> None:
    """Keep one delivery for the repair desk; `reason` is a message key."""
    held_id = new_id()
    envelope = new_envelope(tenant_id, held_id)
    await HeldDelivery.create(
        id=held_id,
        tenant_id=tenant_id,
        channel=delivery.channel,
        delivery_id=delivery.delivery_id,
        reason=reason,
        received_at=now,
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        body=envelope.seal("body", delivery.body),
    )
