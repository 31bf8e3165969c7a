"""调卷: an archived order is taken out for a stated reason, and may be changed again."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.transition import Target


async def unarchive(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """It is archived anew afterwards, with a new day."""
    async with desk_transition(target, Step.UNARCHIVE, by, now) as change:
        if change.order.archived_at is None:
            raise StepRefused("archive.not_archived")
        change.detail |= {"reason": reason(why)}
        change.order.archived_at = change.order.keep_until = None
