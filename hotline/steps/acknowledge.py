"""值班确认: somebody who was called has the urgent matter in hand; nobody else is called."""

from datetime import datetime
from uuid import UUID

from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import DutyAlarm, Message
from hotline.rules.actor import Actor
from hotline.rules.message import DUTY
from hotline.rules.terms import Role, Step
from hotline.steps.transition import Target, order_transition


async def acknowledge(target: Target, *, by: Actor, now: datetime) -> None:
    """By whoever was called, or a supervisor. NotAllowed, NotFound, StepRefused."""
    async with order_transition(target, Step.ACKNOWLEDGE, by, now) as change:
        sight = await sight_of(by)
        if not sight.covers(target.tenant_id, change.order.jurisdiction):
            raise NotFound("order")
        if not (by.may(Role.SUPERVISOR) or await _was_called(target, by)):
            raise NotAllowed(Step.ACKNOWLEDGE.value)
        ended = await DutyAlarm.filter(
            tenant_id=target.tenant_id, order_id=target.id, acknowledged_at__isnull=True
        ).update(acknowledged_at=now, acknowledged_by=f"{by.kind.value}:{by.id}", next_at=None)
        if not ended:
            raise StepRefused("duty.acknowledged")
        await Message.filter(
            tenant_id=target.tenant_id, order_id=target.id, recipient=DUTY, state="queued"
        ).update(state="withdrawn")


async def _was_called(target: Target, by: Actor) -> bool:
    return await Message.filter(
        tenant_id=target.tenant_id, order_id=target.id, recipient=DUTY, staff_id=UUID(by.id)
    ).exists()
