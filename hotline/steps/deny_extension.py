"""不准延期: the time asked for is not granted; the term stands as it stood."""

from datetime import datetime

from hotline.records import TermExtension
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.extending import to_decide
from hotline.steps.outbox import tell_department
from hotline.steps.transition import Target


async def deny_extension(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """The department is told, and may ask again with better reasons."""
    async with desk_transition(target, Step.DENY_EXTENSION, by, now) as change:
        order, asked = change.order, await to_decide(change.order, by)
        said = reason(why)
        await TermExtension.filter(tenant_id=asked.tenant_id, id=asked.id).update(
            decided_by=by.id, decided_at=now, granted=False
        )
        change.detail |= {"reason": said, "scheme": asked.scheme}
        assert order.lead is not None
        await tell_department(order, order.lead, "order.not_extended", now, number=order.number)
