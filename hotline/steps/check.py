"""核查: somebody who did not handle the order looks on the spot; recorded with the outcome."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.records import CheckVisit, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.checking import CheckOutcome, check_moment, check_times, check_visitor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.outbox import tell_department
from hotline.steps.transition import Target

# 办理 is whoever took one of these; $3: the steps
HANDLED: Final = """
SELECT DISTINCT actor_id FROM event WHERE tenant_id = $1 AND aggregate = 'order'
  AND aggregate_id = $2 AND actor_kind = 'staff' AND step = ANY($3)
"""
WORK: Final = (Step.SIGN, Step.FIND, Step.WRITE, Step.EVIDENCE, Step.SUBMIT)


@dataclass(frozen=True, slots=True)
class Visit:
    """When it was looked at, how it was found, and what was seen."""

    visited_at: datetime
    outcome: CheckOutcome
    note: str


async def check(target: Target, ask: Visit, *, by: Actor, now: datetime) -> None:
    """At most as often as the pack says; the department is told."""
    async with desk_transition(target, Step.CHECK, by, now) as change:
        order = change.order
        check_visitor(by, await _handled(order))
        before = CheckVisit.filter(tenant_id=order.tenant_id, order_id=order.id)
        check_times(await before.count(), (await pack_of(order)).limit("check"))
        check_moment(ask.visited_at, order.opened_at, now)
        seen = reason(ask.note)
        await CheckVisit.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            by=by.id,
            visited_at=ask.visited_at,
            at=now,
            outcome=ask.outcome.value,
            note=seen,
        )
        change.detail |= {"checked": ask.outcome, "remark": seen}
        if order.lead:
            await tell_department(order, order.lead, "order.checked", now, number=order.number)


async def _handled(order: WorkOrder) -> set[str]:
    found = await rows(HANDLED, order.tenant_id, order.id, [step.value for step in WORK])
    return {one["actor_id"] for one in found}


async def last_visit(order: WorkOrder) -> CheckVisit | None:
    """The newest, if anybody has looked."""
    visits = CheckVisit.filter(tenant_id=order.tenant_id, order_id=order.id)
    return await visits.order_by("-at", "-id").first()
