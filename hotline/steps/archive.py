"""归档: a finished order is closed for good, with the day until which it is kept."""

from datetime import datetime
from typing import Final

from hotline.database import row
from hotline.errors import StepRefused
from hotline.records import WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI, add_months
from hotline.rules.terms import Step
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.transition import Target

RUNNING: Final = """
SELECT 1 FROM clock c WHERE c.tenant_id = $1 AND c.stopped_at IS NULL AND c.due_at > $3
  AND (c.holder_id = $2 OR c.holder_id IN (SELECT m.request_id FROM membership m
    WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL)) LIMIT 1
"""
REVIEWED: Final = """
SELECT 1 FROM review WHERE tenant_id = $1 AND order_id = $2 AND decided_at IS NULL LIMIT 1
"""


async def archive(target: Target, *, by: Actor, now: datetime) -> None:
    """Not while a term runs or a right of the reporter's has not lapsed."""
    async with desk_transition(target, Step.ARCHIVE, by, now) as change:
        order = change.order
        await _check_still(order, now)
        years = (await pack_of(order)).limit("archive_years")
        ended = (order.closed_at or now).astimezone(SHANGHAI).date()
        order.archived_at, order.keep_until = now, add_months(ended, 12 * years)
        change.detail["until"] = order.keep_until


async def _check_still(order: WorkOrder, now: datetime) -> None:
    waits = await row(RUNNING, order.tenant_id, order.id, now)
    if waits or await row(REVIEWED, order.tenant_id, order.id):
        raise StepRefused("archive.still_runs")
