"""来电事件: what the phone system tells is folded into its call, once, in any order."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from hotline.database import row, rows, transaction
from hotline.errors import DeliveryConflict, StepRefused
from hotline.records import PhoneCall, PhoneEvent, Seat, new_id
from hotline.records.phone_seal import sealed_with
from hotline.records.sealing import blind_index, new_envelope
from hotline.records.writing import put
from hotline.rules.normalise import phone_digits
from hotline.rules.phone import CallState, LineTerms, Moments, Told
from hotline.steps.attach import Holder, attach
from hotline.steps.intake_rows import body_hash
from hotline.steps.missed_call import missed, not_missed
from hotline.steps.phone_first import begin_call

MOMENTS: Final = ("offered", "answered", "missed", "voicemail", "ended")
MARK: Final = """
INSERT INTO phone_event (id, tenant_id, line, event_id, body_hash, kind, call_id, at, received_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (tenant_id, line, event_id) DO NOTHING RETURNING id
"""
NEW_COLUMNS: Final = (
    "id", "tenant_id", "ref", "jurisdiction", "line", "reference_key", "kek_id", "wrapped_key",
    "state", "began_at", "version",
)  # fmt: skip
NEW: Final = f"""
INSERT INTO phone_call ({", ".join(NEW_COLUMNS)})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (tenant_id, line, reference_key) DO NOTHING
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Line:
    """线路: a signed phone system, the jurisdiction it answers for, and what it is held to."""

    tenant_id: str
    jurisdiction: str
    name: str
    terms: LineTerms


@dataclass(frozen=True, slots=True)
class PhoneTold:
    """One event. `reference` is how the phone system calls the call; nothing of it is shown."""

    kind: Told
    reference: str = field(repr=False)
    at: datetime
    extension: str = ""
    caller: str = field(default="", repr=False)
    displayed: str = field(default="", repr=False)  # what the caller had dialled
    recording: bytes = field(default=b"", repr=False)
    kept_as: str = field(default="", repr=False)  # how the phone system finds the recording


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. `fault`: the recording could not be kept, and why."""

    known: bool
    fault: str = ""


async def take_event(
    line: Line, event_id: str, body: bytes, told: PhoneTold, now: datetime
) -> Taken:
    """Committed when it returns. DeliveryConflict: another body came under this id before."""
    if told.kind is Told.OFFERED and await _begun(line, event_id, body, told, now):
        return Taken(known=False)
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext($1))", _key(line, told).hex())
        if await _seen(line, event_id, body):
            return Taken(known=True)
        call = await _call(line, told, now)
        await _fold(call, told)
        await _follow(call, line.terms)
        if not told.recording:
            await _mark(call, event_id, body, told, now)
    if not told.recording:
        return Taken(known=False)
    fault = await _keep(call, told, now)
    await _mark(call, event_id, body, told, now)  # last: a repeat after a crash keeps it then
    return Taken(known=False, fault=fault)


async def _begun(line: Line, event_id: str, body: bytes, told: PhoneTold, now: datetime) -> bool:
    """Whether it was the first that is told of its call, and is stored by now."""
    if told.recording:
        return False
    call = _new_call(line, told, now)
    call.extension = told.extension or None
    _hear(call, told)
    mark = {
        "mark_id": new_id(),
        "event_id": event_id,
        "body_hash": body_hash(line.tenant_id, body),
        "at": told.at,
        "received_at": now,
    }
    return await begin_call(call, mark)


async def _seen(line: Line, event_id: str, body: bytes) -> bool:
    found = await PhoneEvent.get_or_none(
        tenant_id=line.tenant_id, line=line.name, event_id=event_id
    )
    if found and not hmac.compare_digest(found.body_hash, body_hash(line.tenant_id, body)):
        raise DeliveryConflict
    return found is not None


async def _mark(
    call: PhoneCall, event_id: str, body: bytes, told: PhoneTold, now: datetime
) -> None:
    digest = body_hash(call.tenant_id, body)
    where = (call.tenant_id, call.line, event_id)
    if not await row(MARK, new_id(), *where, digest, told.kind.value, call.id, told.at, now):
        found = await PhoneEvent.get(tenant_id=where[0], line=where[1], event_id=event_id)
        if not hmac.compare_digest(found.body_hash, digest):
            raise DeliveryConflict


async def _call(line: Line, told: PhoneTold, now: datetime) -> PhoneCall:
    """Held till the transaction ends; two processes that both begin it hold the same."""
    key = _key(line, told)
    found = PhoneCall.filter(tenant_id=line.tenant_id, line=line.name, reference_key=key)
    call = await found.select_for_update(no_key=True).first()
    if call:
        return call
    new = _new_call(line, told, now)
    await rows(NEW, *(getattr(new, name) for name in NEW_COLUMNS))
    return await found.select_for_update(no_key=True).get()


def _new_call(line: Line, told: PhoneTold, now: datetime) -> PhoneCall:
    call_id = new_id()
    envelope = new_envelope(line.tenant_id, call_id)
    return PhoneCall(
        id=call_id,
        tenant_id=line.tenant_id,
        ref=secrets.token_urlsafe(9),
        jurisdiction=line.jurisdiction,
        line=line.name,
        reference_key=_key(line, told),
        kek_id=envelope.kek_id,
        wrapped_key=envelope.wrapped_key,
        state=CallState.OFFERED.value,
        began_at=min(told.at, now),
        version=1,
    )


async def _fold(call: PhoneCall, told: PhoneTold) -> None:
    moments = moments_of(call).told(told.kind, told.at)
    for name in MOMENTS:
        setattr(call, f"{name}_at", getattr(moments, name))
    call.began_at = min(call.began_at, told.at)
    _hear(call, told)
    await _sit(call, told)


def _hear(call: PhoneCall, told: PhoneTold) -> None:
    """The number and what else names the caller, under the call's own seal."""
    if call.wrapped_key is None:
        return  # erased: nothing is learnt anew
    digits = phone_digits(told.caller) if told.caller else None
    said = {"reference": told.reference, "caller": digits or told.caller,
            "displayed": told.displayed, "kept_as": told.kept_as}  # fmt: skip
    call.sealed = sealed_with(call, said)
    if digits:
        call.caller_index = blind_index(call.tenant_id, "phone", digits)


async def _sit(call: PhoneCall, told: PhoneTold) -> None:
    """Whose it is: where it was answered, else where it rang last; never once it was taken."""
    if not told.extension or call.taken_at:
        return
    if told.kind is not Told.ANSWERED and call.answered_at:
        return
    call.extension = told.extension
    seat = await Seat.get_or_none(
        tenant_id=call.tenant_id, line=call.line, extension=told.extension
    )
    call.staff_id = seat.staff_id if seat else None


async def _follow(call: PhoneCall, terms: LineTerms) -> None:
    """The state that follows, and whether somebody is to be called back."""
    before, state = CallState(call.state), moments_of(call).state
    call.state = state.value
    call.version += 1
    await put(call)
    if state is CallState.MISSED and before is not CallState.MISSED:
        await missed(call, terms)
    elif state not in (CallState.MISSED, CallState.OFFERED):
        await not_missed(call)


async def _keep(call: PhoneCall, told: PhoneTold, now: datetime) -> str:
    """The recording lies sealed with the call. What is none is said, and the event stands."""
    try:
        holder = Holder(call.tenant_id, draft_id=call.id)
        await attach(holder, told.recording, "recording", now)
    except StepRefused as refused:
        return "" if refused.key == "file.twice" else refused.key
    return ""


def moments_of(call: PhoneCall) -> Moments:
    """What is known of it by now."""
    return Moments(**{name: getattr(call, f"{name}_at") for name in MOMENTS})


def _key(line: Line, told: PhoneTold) -> bytes:
    return blind_index(line.tenant_id, f"call:{line.name}", told.reference)
