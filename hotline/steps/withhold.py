"""不予公开: a result that is not published, or not yet, with the reason (公开条例 a13-16)."""

from datetime import datetime

from hotline.errors import NotAllowed, StepRefused
from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step
from hotline.rules.wording import reason
from hotline.steps.desk import desk_transition
from hotline.steps.publications import result_withheld
from hotline.steps.transition import Target


async def withhold(target: Target, why: str, *, by: Actor, now: datetime) -> None:
    """By a publisher, while the term runs; a result that is formed anew is asked about anew."""
    said = reason(why)
    async with desk_transition(target, Step.WITHHOLD, by, now) as change:
        if Role.PUBLISHER not in by.roles:
            raise NotAllowed(Step.WITHHOLD.value)
        if not await result_withheld(change.order, said, by, now):
            raise StepRefused("withhold.nothing")
        change.detail |= {"reason": said}
