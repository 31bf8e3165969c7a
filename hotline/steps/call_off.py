"""撤下消息: a message that failed is not sent any more; the reason stays in the history."""

from hotline.records import Message
from hotline.rules.terms import Step
from hotline.rules.wording import reason
from hotline.steps.messages import Handled, handling


async def call_off(one: Handled, why: str) -> None:
    """NotAllowed, NotFound, StepRefused."""
    async with handling(one, Step.CALL_OFF) as (message, change):
        change.detail["reason"] = reason(why)
        await Message.filter(tenant_id=message.tenant_id, id=message.id).update(
            state="withdrawn", sealed_fill=None
        )
