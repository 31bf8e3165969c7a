"""重发消息: what failed waits again, with all patience, by the way a person chose if they did."""

from datetime import datetime

from hotline.errors import StepRefused
from hotline.records import Message
from hotline.rules.message import BY_PERSON
from hotline.rules.terms import Step
from hotline.steps.messages import Handled, handling


async def resend(one: Handled, way: str = "") -> None:
    """NotAllowed, NotFound, StepRefused."""
    if way and way not in BY_PERSON:
        raise StepRefused("message.no_way")
    async with handling(one, Step.RESEND) as (message, change):
        change.detail["way"] = way or None
        await waits_again(message, one.now, way)


async def waits_again(message: Message, now: datetime, way: str = "") -> None:
    """Queued as on the first day; every way is open again."""
    await Message.filter(tenant_id=message.tenant_id, id=message.id).update(
        state="queued",
        attempts=0,
        tried=[],
        way=way or None,
        available_at=now,
        leased_until=None,
        error=None,
    )
