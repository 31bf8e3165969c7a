"""接听: a ringing call, or a message left on the line, becomes one agent's, with a draft."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotFound, StepRefused
from hotline.policy.sight import sight_of
from hotline.records import PhoneCall
from hotline.records.phone_seal import sealed_of
from hotline.records.writing import put
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.phone import CallState, is_free
from hotline.rules.terms import Aggregate, Step
from hotline.steps.append import Chain, Happening, append


@dataclass(frozen=True, slots=True)
class TakenCall:
    """Whose draft it is written in, and the number to fill in. Never logged."""

    ref: str
    draft_ref: str
    number: str = field(repr=False)


async def take_call(ref: str, draft_ref: str, by: Actor, now: datetime) -> TakenCall:
    """The same agent gets the same draft again. NotAllowed, NotFound, StepRefused."""
    check_may(Step.TAKE_CALL, by)
    async with transaction():
        call = await locked_call(ref, by)
        if call.taken_at is None or _is_forgotten(call, by, now):
            _check_free(call, by)
            call.staff_id, call.taken_at, call.draft_ref = UUID(by.id), now, draft_ref
            await save_call(call, Step.TAKE_CALL, by, now)
        elif str(call.staff_id) != by.id:
            raise StepRefused("call.taken")
    return TakenCall(call.ref, call.draft_ref or "", str(sealed_of(call).get("caller", "")))


async def locked_call(ref: str, by: Actor) -> PhoneCall:
    """A call this person may know of. NotFound."""
    sight = await sight_of(by)
    found = PhoneCall.filter(
        tenant_id=sight.tenant_id, ref=ref, jurisdiction__in=sorted(sight.jurisdictions)
    )
    call = await found.select_for_update(no_key=True).first()
    if call is None:
        raise NotFound("call")
    return call


async def save_call(call: PhoneCall, step: Step, by: Actor, now: datetime) -> None:
    """The row and its event; nothing that names the caller."""
    call.version += 1
    await put(call)
    chain = Chain(call.tenant_id, Aggregate.CALL, call.id)
    await append(chain, Happening(step, call.state, by, now), {"line": call.line})


def _is_forgotten(call: PhoneCall, by: Actor, now: datetime) -> bool:
    """A message that somebody else took and never settled."""
    of_another = str(call.staff_id) != by.id
    return call.state == CallState.VOICEMAIL and of_another and is_free(call.taken_at, now)


def _check_free(call: PhoneCall, by: Actor) -> None:
    """A ringing call is for the seat where it rings; a message for whoever comes first."""
    if call.state == CallState.VOICEMAIL:
        if call.settled_at:
            raise StepRefused("call.settled")
    elif call.staff_id and str(call.staff_id) != by.id:
        raise StepRefused("call.elsewhere")
