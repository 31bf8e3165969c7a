"""值班安排: who is called for an emergency, from when to when, in which order."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import transaction
from hotline.errors import BadReport, NotFound
from hotline.policy.sight import sight_of
from hotline.records import DutyWatch, Staff, new_id
from hotline.records.handles import opened
from hotline.records.sealing import kek_envelope
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.normalise import phone_digits
from hotline.rules.sight import Sight
from hotline.rules.terms import Aggregate, Step
from hotline.steps.account import locked_staff
from hotline.steps.append import Chain, Happening, append

KIND: Final = "watch"
MOST_RANKS: Final = 9
LONGEST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the list. `phone` is called by short message; none: a notice alone."""

    jurisdiction: str
    login: str
    rank: int
    from_at: datetime
    to_at: datetime
    phone: str = field(default="", repr=False)


async def watch(turn: Turn, *, by: Actor, now: datetime) -> None:
    """Enter a turn. BadReport, NotAllowed."""
    check_may(Step.WATCH, by)
    sight = await sight_of(by)
    person = await Staff.get_or_none(tenant_id=sight.tenant_id, login=turn.login, active=True)
    _check(turn, person, sight, now)
    if person is None:
        raise NotFound("staff")
    made = new_id()
    envelope = kek_envelope(sight.tenant_id, made)
    async with transaction():
        await DutyWatch.create(
            id=made,
            tenant_id=sight.tenant_id,
            jurisdiction=turn.jurisdiction,
            staff_id=person.id,
            rank=turn.rank,
            from_at=turn.from_at,
            to_at=turn.to_at,
            kek_id=envelope.kek_id,
            phone=envelope.seal("phone", turn.phone.encode()) if turn.phone else None,
            made_by=f"{by.kind.value}:{by.id}",
            made_at=now,
        )
        await _note(sight.tenant_id, person.id, Happening(Step.WATCH, "on_duty", by, now), turn)


async def unwatch(told: str, *, by: Actor, now: datetime) -> None:
    """Take a turn down: what is over stays, what has begun ends now. NotAllowed, NotFound."""
    check_may(Step.WATCH, by)
    sight = await sight_of(by)
    async with transaction():
        watch_id = opened(KIND, told)
        held = DutyWatch.filter(tenant_id=sight.tenant_id, id=watch_id, to_at__gt=now)
        found = await held.select_for_update().first()
        if found is None or found.jurisdiction not in sight.jurisdictions:
            raise NotFound("watch")
        if found.from_at >= now:
            await held.delete()
        else:
            await held.update(to_at=now, phone=None)
        happening = Happening(Step.WATCH, "off_duty", by, now)
        await _note(sight.tenant_id, found.staff_id, happening, None)


def _check(turn: Turn, person: Staff | None, sight: Sight, now: datetime) -> None:
    """What a form may have wrong; field → message key."""
    found = {}
    if person is None or person.jurisdiction not in sight.jurisdictions:
        found["login"] = "duty.no_person"
    if turn.jurisdiction not in sight.jurisdictions:
        found["jurisdiction"] = "duty.no_jurisdiction"
    if not 1 <= turn.rank <= MOST_RANKS:
        found["rank"] = "duty.bad_rank"
    if turn.to_at <= max(turn.from_at, now) or turn.to_at - turn.from_at > LONGEST:
        found["to"] = "duty.time"
    if turn.phone and not phone_digits(turn.phone):
        found["phone"] = "duty.bad_phone"
    if found:
        raise BadReport(found)


async def _note(tenant_id: str, staff_id: UUID, happening: Happening, turn: Turn | None) -> None:
    detail = {}
    if turn:
        when = {"from": turn.from_at, "to": turn.to_at}
        detail = {"jurisdiction": turn.jurisdiction, "rank": turn.rank, **when}
    await locked_staff(tenant_id, staff_id)
    await append(Chain(tenant_id, Aggregate.STAFF, staff_id), happening, detail)
