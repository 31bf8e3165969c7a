"""来电: what rings for an agent, and the call a draft belongs to. No number, only its tail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.lookups import attachment
from hotline.lookups.nuisance import nuisances_until
from hotline.policy.sight import sight_of
from hotline.records import HookChannel, PhoneCall, Seat
from hotline.records.phone_seal import sealed_of
from hotline.records.sealing import blind_index
from hotline.rules.actor import Actor
from hotline.rules.phone import tail
from hotline.rules.terms import Channel

RINGS_FOR: Final = timedelta(minutes=3)  # whose end was never told is not shown for ever
TALKS_FOR: Final = timedelta(hours=2)
HEARD_FOR: Final = timedelta(minutes=30)

# at my seat; or at nobody's, while I sit at that line and talk to nobody
RINGING: Final = """
SELECT c.id FROM phone_call c
WHERE c.tenant_id = $1 AND c.jurisdiction = ANY($2) AND c.taken_at IS NULL
  AND (c.state = 'offered' AND c.began_at > $4 OR c.state = 'talking' AND c.began_at > $5)
  AND (c.staff_id = $3 OR c.staff_id IS NULL AND c.state = 'offered' AND EXISTS (
    SELECT FROM seat s WHERE s.tenant_id = $1 AND s.line = c.line AND s.staff_id = $3)
  AND NOT EXISTS (SELECT FROM phone_call t WHERE t.tenant_id = $1 AND t.staff_id = $3
    AND t.state = 'talking' AND t.began_at > $5))
ORDER BY c.staff_id IS NULL, c.began_at LIMIT 9
"""
UNMASKED: Final = """
SELECT id FROM event WHERE tenant_id = $1 AND aggregate = 'request' AND aggregate_id = $2
  AND step = 'unmask' AND actor_id = $3 AND at > $4 LIMIT 1
"""
OF_DRAFT: Final = """
SELECT id, ref FROM phone_call WHERE tenant_id = $1 AND staff_id = $2 AND draft_ref = $3
"""


@dataclass(frozen=True, slots=True)
class Ringing:
    """One call that may be taken now. `mine`: it rings at my own seat."""

    ref: str
    line: str
    tail: str
    since: datetime
    mine: bool
    nuisance_until: datetime | None = None  # 滋扰认定 in force: taken as any other


@dataclass(frozen=True, slots=True)
class SeatView:
    """Where somebody sits."""

    line: str
    extension: str


@dataclass(frozen=True, slots=True)
class CallOfDraft:
    """The call somebody writes about, and what was recorded of it."""

    tenant_id: str
    ref: str
    recordings: tuple[attachment.AttachmentView, ...]


async def ringing(by: Actor, now: datetime) -> list[Ringing]:
    """Mine first, then what rings for whoever is free."""
    sight = await sight_of(by)
    whose = (sight.tenant_id, sorted(sight.jurisdictions), by.id)
    found = await rows(RINGING, *whose, now - RINGS_FOR, now - TALKS_FOR)
    calls = {
        call.id: call
        for call in await PhoneCall.filter(
            tenant_id=sight.tenant_id, id__in=[one["id"] for one in found]
        )
    }
    callers = (call.caller_index for call in calls.values())
    until = await nuisances_until(sight.tenant_id, callers, now)
    return [_ringing(calls[one["id"]], by, until) for one in found if one["id"] in calls]


async def by_reference(by: Actor, line: str, reference: str, now: datetime) -> Ringing | None:
    """A call that this person may take, by the phone system's own name for it."""
    sight = await sight_of(by)
    key = blind_index(sight.tenant_id, f"call:{line}", reference)
    call = await PhoneCall.get_or_none(
        tenant_id=sight.tenant_id,
        line=line,
        reference_key=key,
        jurisdiction__in=sorted(sight.jurisdictions),
    )
    if call is None or (call.staff_id and str(call.staff_id) != by.id):
        return None
    return _ringing(call, by, await nuisances_until(sight.tenant_id, [call.caller_index], now))


async def seat(by: Actor) -> SeatView | None:
    """Where this person sits."""
    sight = await sight_of(by)
    found = await Seat.filter(tenant_id=sight.tenant_id, staff_id=by.id).first()
    return SeatView(found.line, found.extension) if found else None


async def lines(by: Actor) -> list[str]:
    """The phone lines of this person's jurisdictions."""
    sight = await sight_of(by)
    found = HookChannel.filter(
        tenant_id=sight.tenant_id,
        kind=Channel.PHONE.value,
        active=True,
        jurisdiction__in=sorted(sight.jurisdictions),
    )
    return [one.name for one in await found.order_by("name")]


async def recordings_of(
    by: Actor, tenant_id: str, request_id: UUID, now: datetime
) -> list[attachment.AttachmentView]:
    """What was recorded of a report's calls: a voice is an identity, so only for whoever has just
    seen the identity, with a reason that stands in the history."""
    if not await row(UNMASKED, tenant_id, request_id, by.id, now - HEARD_FOR):
        return []
    calls = await PhoneCall.filter(tenant_id=tenant_id, request_id=request_id).order_by("began_at")
    found = [await attachment.of_draft(tenant_id, call.id) for call in calls]
    return [one for views in found for one in views]


async def call_of_draft(by: Actor, draft_ref: str) -> CallOfDraft | None:
    """None for a call that was typed without a phone system."""
    sight = await sight_of(by)
    found = await row(OF_DRAFT, sight.tenant_id, by.id, draft_ref)
    if found is None:
        return None
    recorded = await attachment.of_draft(sight.tenant_id, found["id"])
    return CallOfDraft(sight.tenant_id, found["ref"], tuple(recorded))


def _ringing(call: PhoneCall, by: Actor, nuisances: Mapping[bytes, datetime]) -> Ringing:
    number = str(sealed_of(call).get("caller", ""))
    mine = str(call.staff_id) == by.id
    until = nuisances.get(call.caller_index or b"")
    return Ringing(call.ref, call.line, tail(number), call.began_at, mine, until)
