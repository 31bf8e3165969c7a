"""One message as a person handles it: found by its handle, locked with whatever it belongs to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import Message
from hotline.records.handles import opened
from hotline.rules.actor import Actor
from hotline.rules.terms import Step
from hotline.steps.own import in_sight
from hotline.steps.transition import (
    OrderChange,
    RequestChange,
    Target,
    order_transition,
    request_transition,
)

KIND: Final = "message"
FAILED: Final = frozenset({"dead", "unreachable"})


@dataclass(frozen=True, slots=True)
class Handled:
    """Who handles which message, when."""

    handle: str = field(repr=False)
    by: Actor
    now: datetime


async def message_at(one: Handled) -> Message:
    """The message of a handle, within the sight of whoever asks. NotFound."""
    sight = await sight_of(one.by)
    found = await Message.get_or_none(tenant_id=sight.tenant_id, id=opened(KIND, one.handle))
    if found is None:
        raise NotFound("message")
    return found


@asynccontextmanager
async def handling(
    one: Handled, step: Step
) -> AsyncIterator[tuple[Message, OrderChange | RequestChange]]:
    """The step stands in the history of the report, or of the order. NotFound, StepRefused."""
    message = await message_at(one)
    async with _holder(message, step, one) as change:
        await _check_sight(change, one.by)
        held = Message.filter(tenant_id=message.tenant_id, id=message.id)
        locked = await held.select_for_update().first()
        if locked is None or locked.state not in FAILED:
            raise StepRefused("message.not_failed")
        change.detail |= {"message": locked.template, "error": locked.error}
        yield locked, change


def _holder(message: Message, step: Step, one: Handled):  # type: ignore[no-untyped-def]
    if message.request_id:
        return request_transition(
            Target(message.tenant_id, message.request_id), step, one.by, one.now
        )
    if message.order_id is None:
        raise NotFound("message")
    return order_transition(Target(message.tenant_id, message.order_id), step, one.by, one.now)


async def _check_sight(change: OrderChange | RequestChange, by: Actor) -> None:
    holder = change.order if isinstance(change, OrderChange) else change.request
    if not await in_sight(holder, by):
        raise NotFound("message")
