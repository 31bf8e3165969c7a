"""起草: a new version of one of the three texts; versions before it stay."""

from dataclasses import dataclass
from datetime import datetime

from hotline.records import OrderText
from hotline.rules.actor import Actor
from hotline.rules.terms import Step, TextKind
from hotline.rules.wording import letter
from hotline.steps.desk import desk_transition
from hotline.steps.texts import current_texts
from hotline.steps.transition import Target


@dataclass(frozen=True, slots=True)
class Writing:
    """Which of the three, and its words."""

    kind: TextKind
    text: str


async def write(target: Target, ask: Writing, *, by: Actor, now: datetime) -> int:
    """Returns the version. The text goes to every reporter of the matter: it names none."""
    async with desk_transition(target, Step.WRITE, by, now) as change:
        order = change.order
        before = (await current_texts(order)).get(ask.kind)
        version = before.version + 1 if before else 1
        await OrderText.create(
            tenant_id=order.tenant_id,
            order_id=order.id,
            kind=ask.kind.value,
            version=version,
            text=letter(ask.text),
            written_by=by.id,
            written_at=now,
        )
        change.detail |= {"kind": ask.kind, "version": version}
    return version
