"""联合处置: how the other province's order of the same matter stands, and whom one may ask."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.names import department, pack_of
from hotline.lookups.order import OrderView
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import OVER, ROLES
from hotline.rules.terms import Finding, OrderStage, Step

OURS: Final = """
SELECT j.* FROM joint_handling j WHERE j.tenant_id = $1 AND (j.order_id = $2 OR j.request_id IN (
  SELECT request_id FROM membership WHERE tenant_id = $1 AND order_id = $2 AND to_at IS NULL))
ORDER BY j.at
"""
# over there: the order that took the report we sent, or the one that asked us
BY_REPORT: Final = """
SELECT o.number, o.stage, o.lead, o.finding FROM service_request r
JOIN membership m ON m.tenant_id = $1 AND m.request_id = r.id AND m.to_at IS NULL
JOIN work_order o ON o.tenant_id = $1 AND o.id = m.order_id
WHERE r.tenant_id = $1 AND r.number = $2
"""
BY_ORDER: Final = """
SELECT number, stage, lead, finding FROM work_order WHERE tenant_id = $1 AND number = $2
"""


@dataclass(frozen=True, slots=True)
class JointView:
    """The other side. `number`: its order, "" while it has none; `asked`: by us."""

    asked: bool
    jurisdiction: str
    report: str
    number: str
    stage: OrderStage | None
    lead: str
    finding: Finding | None
    text: str
    at: datetime


async def joint(tenant_id: str, order_id: UUID) -> list[JointView]:
    """Every other province that handles its part of this matter."""
    return [await _view(one) for one in await rows(OURS, tenant_id, order_id)]


async def peers(tenant_id: str) -> list[Pack]:
    """Who else takes reports in this installation."""
    return [one for one in (await packs()).serving() if one.tenant != tenant_id]


async def may_ask_joint(view: OrderView, by: Actor) -> bool:
    """Whether there is anybody to ask, and this person may; the step itself checks again."""
    may = any(by.may(role) for role in ROLES[Step.JOINT])
    return may and view.stage not in OVER and bool(await peers(view.tenant_id))


async def _view(one: dict[str, Any]) -> JointView:
    asked, number = one["order_id"] is not None, one["peer_number"] or ""
    found = await rows(BY_REPORT if asked else BY_ORDER, one["peer_tenant"], number)
    order = found[0] if found else {}
    pack = await pack_of(one["peer_jurisdiction"])
    return JointView(
        asked=asked,
        jurisdiction=pack.name,
        report=number if asked else "",
        number=order.get("number", ""),
        stage=OrderStage(order["stage"]) if order else None,
        lead=department(pack, order["lead"]).name if order.get("lead") else "",
        finding=Finding(order["finding"]) if order.get("finding") else None,
        text=one["text"],
        at=one["at"],
    )
