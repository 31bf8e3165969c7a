"""回避: whoever has an interest in a matter withdraws from it (信访工作条例 art. 28)."""

from datetime import datetime
from uuid import UUID

from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.records import Recusal, Staff, WorkOrder, new_id
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.outbox import tell_department
from hotline.steps.transition import Target


async def recuse(target: Target, why: str, *, login: str = "", by: Actor, now: datetime) -> None:
    """Of oneself; of another by a supervisor. Who had it in hand has it no more."""
    async with desk_transition(target, Step.RECUSE, by, now) as change:
        order, said = change.order, reason(why)
        who = await _who(order, login, by)
        if await Recusal.exists(tenant_id=order.tenant_id, order_id=order.id, staff_id=who):
            raise StepRefused("handover.recused")
        await Recusal.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            staff_id=who,
            reason=said,
            by=by.id,
            at=now,
        )
        change.detail |= {"reason": said, "recused": who}
        if order.handler_id == who:
            order.handler_id = None
        if order.lead:
            await tell_department(order, order.lead, "order.recused", now, number=order.number)


async def _who(order: WorkOrder, login: str, by: Actor) -> UUID:
    if not login.strip():
        if by.account is None:
            raise NotAllowed(Step.RECUSE.value)
        return by.account
    if not by.may(Role.SUPERVISOR):
        raise NotAllowed(Step.RECUSE.value)
    found = await Staff.get_or_none(tenant_id=order.tenant_id, login=login_of(login), active=True)
    if found is None:
        raise NotFound("account")
    who: UUID = found.id
    return who
