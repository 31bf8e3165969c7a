"""协办分工: the department that leads says what an assisting one does, and by when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.records import Held, OrderPart, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI, add_working_days
from hotline.rules.terms import Duty, Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.outbox import tell_department
from hotline.steps.parts import open_part
from hotline.steps.transition import Target

LONGEST: Final = 60  # working days


@dataclass(frozen=True, slots=True)
class Task:
    """What which department does, in how many working days."""

    department: str
    text: str
    days: int


async def give_part(target: Target, ask: Task, *, by: Actor, now: datetime) -> None:
    """To a department that assists already; never beyond the nearest term of the order."""
    async with desk_transition(target, Step.GIVE_PART, by, now) as change:
        order = change.order
        await _check_assists(order, ask.department)
        if await open_part(order, ask.department) is not None:
            raise StepRefused("part.given_already")
        due_on = _due(order, await pack_of(order), ask.days, now)
        task = reason(ask.text)
        await OrderPart.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            department=ask.department,
            task=task,
            due_on=due_on,
            given_by=by.id,
            given_at=now,
        )
        change.detail |= {"co": (ask.department,), "until": due_on, "remark": task}
        await tell_department(order, ask.department, "order.part_given", now, number=order.number)


async def _check_assists(order: WorkOrder, department: str) -> None:
    assists = Held.filter(
        tenant_id=order.tenant_id, order_id=order.id, to_at=None, duty=Duty.CO.value
    )
    if not await assists.filter(department=department).exists():
        raise StepRefused("part.not_assisting")


def _due(order: WorkOrder, pack: Pack, days: int, now: datetime) -> date:
    if not 1 <= days <= LONGEST:
        raise StepRefused("part.bad_days", most=LONGEST)
    due_on = add_working_days(now.astimezone(SHANGHAI).date(), days, pack.calendar)
    last = order.next_due_at and order.next_due_at.astimezone(SHANGHAI).date()
    if last and due_on > last:
        raise StepRefused("part.too_long", due=last)
    return due_on
