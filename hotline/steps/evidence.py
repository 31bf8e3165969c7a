"""现场材料: what the department that leads found on the spot, beside the order and its texts."""

from datetime import datetime

from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.attach import Holder, SentFile, keep, sealed
from hotline.steps.desk import desk_transition
from hotline.steps.transition import Target


async def add_evidence(target: Target, sent: SentFile, *, by: Actor, now: datetime) -> None:
    """While the order is in work. StepRefused names what is wrong with the file."""
    holder = Holder(target.tenant_id, order_id=target.id)
    async with (
        sealed(holder, sent) as ready,
        desk_transition(target, Step.EVIDENCE, by, now) as change,
    ):
        await keep(ready, now)
        change.detail |= {"file": len(sent.content)}
