"""提交审核: conclusion, kinds and three fresh texts are there; a reviewer decides."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.completeness import check_finding, check_kinds, check_texts
from hotline.rules.terms import Step
from hotline.steps.clocks import turn_order_clocks
from hotline.steps.desk import desk_transition, pack_of
from hotline.steps.parts import check_no_part_open
from hotline.steps.resume import stop_waiting
from hotline.steps.texts import current_texts
from hotline.steps.transition import Target


async def submit(target: Target, *, by: Actor, now: datetime) -> None:
    """A text that was approved before a 重办 must be written anew."""
    async with desk_transition(target, Step.SUBMIT, by, now) as change:
        order = change.order
        check_finding(order.finding)
        check_kinds(order.kinds)
        texts = await current_texts(order)
        check_texts({kind for kind, text in texts.items() if text.approved_at is None})
        change.detail |= {"texts": {kind.value: text.version for kind, text in texts.items()}}
        await check_no_part_open(order)
        pack = await pack_of(order)
        await stop_waiting(order, pack, now)
        await turn_order_clocks(order, pack, Step.SUBMIT, now)
