"""交接: an order in somebody's hand is given to a colleague of the same department."""

from datetime import datetime

from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import Recusal, Staff, WorkOrder
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step
from hotline.steps.outbox import tell_department
from hotline.steps.transition import Target, order_transition


async def handover(target: Target, to: str, *, by: Actor, now: datetime) -> None:
    """`to`: a login. NotAllowed, NotFound, Stale, StepRefused."""
    async with order_transition(target, Step.HANDOVER, by, now) as change:
        order = change.order
        await _check_place(order, by)
        successor = await _successor(order, to)
        change.detail |= {"handler": successor.id, "handler_before": order.handler_id}
        order.handler_id = successor.id
        assert order.lead is not None
        await tell_department(order, order.lead, "order.handed_over", now, number=order.number)


async def _check_place(order: WorkOrder, by: Actor) -> None:
    """An administrator closes accounts and reads no order; a department's reviewer has the own."""
    sight = await sight_of(by)
    if not sight.covers(order.tenant_id, order.jurisdiction):
        raise NotFound("order")
    own = sight.holds({order.lead or ""}) and sight.takes(order.kinds, order.handler_id)
    if not by.may(Role.ADMIN) and not own:
        raise NotAllowed(Step.HANDOVER.value)


async def _successor(order: WorkOrder, login: str) -> Staff:
    """Active, a handler of the department that leads, and not one who has withdrawn."""
    held = Staff.filter(tenant_id=order.tenant_id, login=login_of(login), active=True)
    found = await held.select_for_update(no_key=True).first()  # an account just being closed waits
    if found is None:
        raise NotFound("account")
    if Role.HANDLER not in found.roles or found.department != order.lead:
        raise StepRefused("handover.other_department")
    if found.id == order.handler_id:
        raise StepRefused("handover.same")
    if await Recusal.exists(tenant_id=order.tenant_id, order_id=order.id, staff_id=found.id):
        raise StepRefused("handover.recused")
    return found
