"""回调: what a reporter is told, the platform it came by is told too, in a thread of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from hotline.database import row
from hotline.records import Message, ServiceRequest, new_id
from hotline.records.writing import add
from hotline.rules.message import PARTNER
from hotline.rules.terms import Channel

SPOKEN: Final = frozenset({Channel.LINE_12345, Channel.LINE_12369, Channel.PARTNER})
STEPS: Final[Mapping[str, str]] = {
    "request.accepted": "accept",
    "request.joined": "accept",
    "request.again": "accept",
    "request.refused": "return",
    "request.forwarded": "return",
    "request.answered": "answer",
    "request.answered_on_spot": "answer",
    "request.redo": "redo",
    "request.extended": "extend",
    "request.closed": "close",
    "request.withdrawn": "withdraw",
}
WHO: Final = """
SELECT c.name FROM delivery d JOIN hook_channel c
  ON c.tenant_id = d.tenant_id AND d.channel = 'partner:' || c.name
WHERE d.tenant_id = $1 AND d.request_id = $2 AND $3 = ANY(c.calls)
"""


async def tell_partner(
    request: ServiceRequest, template: str, now: datetime, fill: Mapping[str, Any]
) -> None:
    """Queue one call if the report came by a platform that wants to hear of this."""
    if request.channel not in SPOKEN or template not in STEPS:
        return
    call = f"partner.{STEPS[template]}"
    found = await row(WHO, request.tenant_id, request.id, call)
    if found is None:
        return
    await add(
        Message(
            id=new_id(),
            tenant_id=request.tenant_id,
            thread=f"partner:{request.id}",
            seq=0,
            template=call,
            recipient=PARTNER,
            partner=found["name"],
            request_id=request.id,
            fill={**fill, "told": template},
            state="queued",
            available_at=now,
            created_at=now,
        )
    )
