"""恢复计时: the reporter has answered, or the department goes on without; the terms run again."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.errors import StepRefused
from hotline.policy.pack import Pack
from hotline.records import AskedBack, Clock, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import cut_short
from hotline.rules.terms import ActorKind, Step
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.extending import keep_term, running, term_of
from hotline.steps.transition import Target

OF_REPORT: Final = """
SELECT order_id FROM asked_back
WHERE tenant_id = $1 AND request_id = $2 AND answered_at IS NULL AND until > $3
"""
ENDED: Final = """
UPDATE asked_back SET answered_at = $3
WHERE tenant_id = $1 AND order_id = $2 AND answered_at IS NULL AND until > $3 RETURNING id
"""
SERVICE: Final = Actor(ActorKind.SYSTEM, "service")


async def resume(target: Target, *, by: Actor, now: datetime) -> None:
    """StepRefused when nothing is waited for: what has lapsed runs already."""
    async with desk_transition(target, Step.RESUME, by, now) as change:
        order = change.order
        if not await rows(ENDED, order.tenant_id, order.id, now):
            raise StepRefused("suspend.not_asked")
        await go_on(order, await pack_of(order), now)


async def resume_answered(report: Target, now: datetime) -> None:
    """With the reporter's own words: the order that waited for them goes on."""
    found = await row(OF_REPORT, report.tenant_id, report.id, now)
    if found is not None:
        with suppress(StepRefused):  # another answer was quicker; the words are kept anyway
            await resume(Target(report.tenant_id, found["order_id"]), by=SERVICE, now=now)


async def stop_waiting(
    order: WorkOrder, pack: Pack, now: datetime, of: Collection[UUID] | None = None
) -> None:
    """Inside another step: what was asked (`of` these reports) is not waited for any more."""
    asked = AskedBack.filter(tenant_id=order.tenant_id, order_id=order.id, answered_at=None)
    if of is not None:
        asked = asked.filter(request_id__in=list(of))
    if await asked.filter(until__gt=now).update(answered_at=now):
        await go_on(order, pack, now)


async def go_on(order: WorkOrder, pack: Pack, now: datetime) -> None:
    """Terms that stand still are counted on from now; the rest of the pause is not used up."""
    for clock in await running(order):
        if clock.paused_from is None:
            continue
        term = term_of(clock, pack)
        await keep_term(order, clock, replace(term, pauses=cut_short(term, now)), pack)
        await Clock.filter(tenant_id=clock.tenant_id, id=clock.id).update(paused_from=None)
