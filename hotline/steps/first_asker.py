"""首报人 who asked: of all reports that are in the order now, whichever way they came into it."""

from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.policy.labelled import labelled_scheme
from hotline.policy.store import packs
from hotline.records import RewardCase, ServiceRequest, WorkOrder
from hotline.rules.clocks import SHANGHAI
from hotline.rules.first_reporter import Told, in_order
from hotline.rules.reward import Facts
from hotline.rules.terms import Secrecy

TELLERS: Final = """
SELECT r.id, r.number, r.registered_at, r.wants_reward, r.sender_index AS sender,
  r.stage = 'withdrawn' AS is_withdrawn
FROM membership m JOIN service_request r ON r.tenant_id = $1 AND r.id = m.request_id
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL
"""
ASKED: Final = f"SELECT EXISTS ({TELLERS} AND r.wants_reward) AS asked"
PUBLIC: Final = """
SELECT min(coalesce(c.first_public_at, c.published_at)) AS at FROM media_clue c
JOIN membership m ON m.tenant_id = $1 AND m.request_id = c.id AND m.to_at IS NULL
WHERE c.tenant_id = $1 AND m.order_id = $2
"""


async def anybody_asked(order: WorkOrder) -> bool:
    """Whether any report of the order wants a reward."""
    found = await row(ASKED, order.tenant_id, order.id)
    return bool(found and found["asked"])


async def first_asker(tenant_id: str, order_id: UUID) -> ServiceRequest | None:
    """By registered time, whatever was joined, merged or parted meanwhile."""
    told = [Told(**one) for one in await rows(TELLERS, tenant_id, order_id)]
    placed = [one for one in in_order(told) if one.place and one.told.wants_reward]
    if not placed:
        return None
    return await ServiceRequest.get(tenant_id=tenant_id, id=placed[0].told.id)


async def is_first(case: RewardCase) -> bool:
    """Whether it is its reporter's: who is first, or whom an approver kept it for all the same."""
    first = await first_asker(case.tenant_id, case.order_id)
    kept = case.facts.get("kept")
    against = kept.get("first") if isinstance(kept, dict) else None  # "": beside nobody
    return str(first.id if first else "") in (str(case.request_id), against)


async def known_facts(order: WorkOrder, request: ServiceRequest) -> Facts:
    """What the service itself knows; tier and penalty are an officer's to establish."""
    public = await row(PUBLIC, order.tenant_id, order.id)
    at: Any = public["at"] if public else None
    pack = (await packs()).pack(order.jurisdiction)
    reported_on = request.registered_at.astimezone(SHANGHAI).date()
    return Facts(
        finding=order.finding or "",
        campaign=await labelled_scheme(pack, order.id, reported_on),
        real_name=request.secrecy == Secrecy.REAL_NAME,
        joint_reporters=request.signatories or 1,
        first_public_at=at.astimezone(SHANGHAI).date() if at else None,
    )
