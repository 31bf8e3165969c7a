"""延期申请: the department that leads needs more time, and says why (环保举报热线工作管理办法)."""

from dataclasses import dataclass
from datetime import datetime

from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.records import Clock, TermExtension, WorkOrder, new_id
from hotline.rules.actor import Actor
from hotline.rules.clocks import extended
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.extending import asked_for, running, term_of
from hotline.steps.transition import Target


@dataclass(frozen=True, slots=True)
class Asking:
    """How much more, in the unit of the term; which term ("": the nearest that may be longer)."""

    count: int
    reason: str
    scheme: str = ""


async def ask_extension(target: Target, ask: Asking, *, by: Actor, now: datetime) -> None:
    """Before the end, within what the pack allows, one request at a time; the term runs on."""
    async with desk_transition(target, Step.ASK_EXTENSION, by, now) as change:
        order, pack = change.order, await pack_of(change.order)
        if await asked_for(order) is not None:
            raise StepRefused("extend.asked_already")
        clock = await _chosen(order, pack, ask.scheme)
        extended(term_of(clock, pack), ask.count, now, pack.calendar)
        why = reason(ask.reason)
        await TermExtension.create(
            id=new_id(),
            tenant_id=order.tenant_id,
            order_id=order.id,
            clock_id=clock.id,
            scheme=clock.scheme,
            count=ask.count,
            reason=why,
            asked_by=by.id,
            asked_at=now,
        )
        change.detail |= {"reason": why, "more": ask.count, "scheme": clock.scheme}


async def _chosen(order: WorkOrder, pack: Pack, scheme: str) -> Clock:
    for clock in await running(order):
        if scheme in ("", clock.scheme) and term_of(clock, pack).scheme.extendable:
            return clock
    raise StepRefused("extend.not_allowed")
