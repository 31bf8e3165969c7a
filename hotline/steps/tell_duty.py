"""值班告知: whoever is on duty learns what was opened beside an order; once, and nobody again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from hotline.records import Message, WorkOrder, new_id
from hotline.records.writing import add
from hotline.rules.message import DUTY
from hotline.steps.call_duty import first_called

# kinds that duty is told of as soon as one is opened
TOLD: Final[Mapping[str, str]] = {"sensitive": "duty.sensitive", "event": "duty.event"}


async def tell_duty(order: WorkOrder, kind: str, now: datetime) -> None:
    """In a thread of its own for each, so that nothing else waits for it."""
    for staff_id, watch in (await first_called(order.tenant_id, order.jurisdiction, now)).items():
        message = Message(
            id=new_id(),
            tenant_id=order.tenant_id,
            thread=f"{kind}:{order.id}:{staff_id}"[:96],
            seq=0,
            template=TOLD[kind],
            recipient=DUTY,
            staff_id=staff_id,
            order_id=order.id,
            fill={"watch": str(watch.id)} if watch else {},
            state="queued",
            available_at=now,
            created_at=now,
        )
        await add(message)
