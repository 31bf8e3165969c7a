"""分别受理 as a reporter and a desk see it: which body has it, how to reach it, who could."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.lookups.names import Named
from hotline.policy.pack import Pack
from hotline.records import ServiceRequest
from hotline.rules.accepting import own_desk
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step

LAST: Final = """
SELECT d.detail ->> 'reason' AS reason FROM event e
JOIN event_detail d ON d.tenant_id = e.tenant_id AND d.id = e.id
WHERE e.tenant_id = $1 AND e.aggregate = 'request' AND e.aggregate_id = $2 AND e.step = 'hand_on'
ORDER BY e.seq DESC LIMIT 1
"""
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
    last = await row(LAST, request.tenant_id, request.id)
    reason = str(last["reason"]) if last else ""
    return TakenBy(pack.department(body.code).name, body.contact or pack.hotline, reason)


def other_bodies(pack: Pack, body: str | None, by: Actor) -> tuple[Named, ...]:
    """To whom this person may hand on what `body` has."""
    if not any(by.may(role) for role in ROLES[Step.HAND_ON]):
        return ()
    desk = own_desk(pack.accepting, by.department)
    if desk and body not in (None, desk):
        return ()
    return tuple(Named(code, pack.department(code).name) for code in pack.accepting if code != body)


async def other_bodies_of(
    pack: Pack, tenant_id: str, order_id: UUID, by: Actor
) -> tuple[Named, ...]:
    """The same of an order: its first report's body has it."""
    if not pack.accepting:
        return ()
    found = await row(OF_ORDER, tenant_id, order_id)
    return other_bodies(pack, found["body"] if found else None, by)
