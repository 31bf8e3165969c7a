"""分别受理 as a reporter and a desk see it: which body has it, how to reach it, who could."""

from dataclasses import dataclass
from typing import Final

from hotline.database import row
from hotline.lookups.names import Named
from hotline.lookups.order import OrderView
from hotline.policy.pack import Pack
from hotline.records import ServiceRequest
from hotline.records.handed import handings
from hotline.rules.accepting import others
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ORDER_MOVES
from hotline.rules.terms import Step

OF_ORDER: Final = """
SELECT r.body FROM work_order o
JOIN service_request r ON r.tenant_id = o.tenant_id AND r.id = o.first_request_id
WHERE o.tenant_id = $1 AND o.id = $2
"""


@dataclass(frozen=True, slots=True)
class TakenBy:
    """The body, how to reach it, and why another had it before ("" where none had)."""

    name: str
    contact: str
    reason: str


async def taken_by(pack: Pack, request: ServiceRequest) -> TakenBy | None:
    """None where one body accepts all, or nobody has it yet."""
    body = pack.accepting.get(request.body or "")
    if body is None:
        return None
    before = await handings(request.tenant_id, request.id)
    reason = str(before[-1]["reason"]) if before else ""
    return TakenBy(pack.department(body.code).name, body.contact or pack.hotline, reason)


def other_bodies(pack: Pack, body: str | None, by: Actor) -> tuple[Named, ...]:
    """To whom this person may hand on what `body` has."""
    found = others(pack.accepting, body, by)
    return tuple(Named(code, pack.department(code).name) for code in found)


async def handed_on_to(view: OrderView, pack: Pack, by: Actor) -> tuple[Named, ...]:
    """The same of an order, while it may go: its first report's body has it."""
    if not pack.accepting or (view.stage, Step.HAND_ON) not in ORDER_MOVES:
        return ()
    found = await row(OF_ORDER, view.tenant_id, view.id)
    return other_bodies(pack, found["body"] if found else None, by)
