"""转送 of the demonstration: an order and a report go to bodies outside, one with its receipt."""

from typing import Final

from hotline.commands.demonstration.scene import Scene
from hotline.records import ServiceRequest, WorkOrder
from hotline.rules.terms import OrderStage, RequestStage, Role
from hotline.steps.confirm_forward import confirm_forward
from hotline.steps.forward import Outward, forward, forward_report
from hotline.steps.transition import Target

OUTSIDE: Final = Outward(
    body="某海事管理机构（虚构）",
    contact="0854-0000000（虚构）",
    reason="船舶污染由海事管理机构查处，已转送该单位，请向其查询进展（虚构）。",
)


async def pass_on(scene: Scene) -> None:
    """By the triage desk; the newest of each, so that the older stories stay as they are."""
    by = await scene.cast.of(Role.TRIAGE)
    orders = WorkOrder.filter(stage=OrderStage.DISPATCHED.value, historical=False)
    order = await orders.order_by("-opened_at").first()
    if order is not None:
        await forward(_at(order), OUTSIDE, by=by, now=scene.now)
        order = await WorkOrder.get(tenant_id=order.tenant_id, id=order.id)
        await confirm_forward(_at(order), "HS-2026-0001（虚构）", by=by, now=scene.now)
    waiting = ServiceRequest.filter(stage=RequestStage.TRIAGE.value, historical=False)
    report = await waiting.filter(triage_cause="kind.none").order_by("-registered_at").first()
    if report is not None:
        await forward_report(_at(report), OUTSIDE, by=by, now=scene.now)


def _at(one: WorkOrder | ServiceRequest) -> Target:
    return Target(one.tenant_id, one.id, one.version)
