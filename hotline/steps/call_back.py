"""漏接回拨: one attempt to reach a missed caller, and whether another is to follow."""

from datetime import datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotAllowed
from hotline.policy.store import packs
from hotline.records import CallBack, CallBackTry, PhoneCall, new_id
from hotline.records.phone_seal import call_envelope
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.phone import Reached
from hotline.rules.terms import Step
from hotline.steps.take_call_back import locked_call_back, save_call_back


async def call_back(ref: str, result: Reached, note: str, by: Actor, now: datetime) -> str:
    """The state after it. By whoever has it in hand. NotAllowed, NotFound, StepRefused."""
    check_may(Step.CALL_BACK, by)
    async with transaction():
        found = await locked_call_back(ref, by)
        if str(found.taken_by) != by.id:
            raise NotAllowed(Step.CALL_BACK.value)
        terms = (await packs()).pack(found.jurisdiction).line
        found.tries, found.tried_at = found.tries + 1, now
        found.taken_by = found.taken_at = None  # the next attempt is anybody's
        if result is Reached.REACHED:
            found.state, found.closed_at = "done", now
        elif terms.is_given_up(result, found.tries):
            found.state, found.closed_at = "unreachable", now
        await _tried(found, result, note, by, now)
        await save_call_back(found, Step.CALL_BACK, by, now, result.value)
    return str(found.state)


async def _tried(found: CallBack, result: Reached, note: str, by: Actor, now: datetime) -> None:
    """The note lies under the call's seal; once that is gone none is kept."""
    call = await PhoneCall.get(tenant_id=found.tenant_id, id=found.call_id)
    attempt_id, keep = new_id(), bool(note and call.wrapped_key)
    await CallBackTry.create(
        id=attempt_id,
        tenant_id=found.tenant_id,
        call_back_id=found.id,
        staff_id=UUID(by.id),
        result=result.value,
        note=call_envelope(call).seal(f"note:{attempt_id}", note.encode()) if keep else None,
        at=now,
    )
