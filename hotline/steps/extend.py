"""准予延期: another person grants the time asked for, and every reporter is told the reason."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Clock, TermExtension
from hotline.rules.actor import Actor
from hotline.rules.clocks import due_of, extended
from hotline.rules.terms import RequestStage, Step
from hotline.rules.wording import reason_told
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.extending import keep_term, term_of, to_decide
from hotline.steps.members import members_at
from hotline.steps.outbox import tell_department, tell_reporter
from hotline.steps.transition import OrderChange, Target


async def extend(target: Target, told: str, *, by: Actor, now: datetime) -> None:
    """`told`: the reason as the reporters read it. Never after the end, however early the wish."""
    async with desk_transition(target, Step.EXTEND, by, now) as change:
        asked = await to_decide(change.order, by)
        why = reason_told(told)
        pack = await pack_of(change.order)
        clock = await Clock.get_or_none(
            tenant_id=asked.tenant_id, id=asked.clock_id, stopped_at=None
        )
        if clock is None:
            raise StepRefused("extend.over")
        term = extended(term_of(clock, pack), asked.count, now, pack.calendar)
        await keep_term(change.order, clock, term, pack)
        due_on = due_of(term, pack.calendar).on
        await TermExtension.filter(tenant_id=asked.tenant_id, id=asked.id).update(
            decided_by=by.id, decided_at=now, granted=True, told=why, due_on=due_on
        )
        change.detail |= {"reason": why, "more": asked.count, "until": due_on}
        change.detail["scheme"] = asked.scheme
        await _tell(change, asked)


async def _tell(change: OrderChange, asked: TermExtension) -> None:
    order, now = change.order, change.now
    for request in await members_at(order, RequestStage.ACCEPTED):
        await tell_reporter(request, "request.extended", now, {"extension": str(asked.id)})
    assert order.lead is not None
    await tell_department(order, order.lead, "order.extended", now, number=order.number)
