"""请假代理: somebody is away, and another acts in that person's name from day to day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hotline.database import transaction
from hotline.errors import NotAllowed, NotFound, StepRefused
from hotline.records import Absence, Staff, StaffSession, new_id
from hotline.rules.absences import check_apart, span
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Aggregate, Step
from hotline.steps.account import locked_staff
from hotline.steps.append import Chain, Happening, append
from hotline.steps.invite import check_above


@dataclass(frozen=True, slots=True)
class Away:
    """Who (a login) is away, who (a login) stands in, and the first and last day."""

    login: str
    deputy: str
    first: date
    last: date


async def be_away(ask: Away, by: Actor, now: datetime) -> None:
    """By the person, or by an administrator. The deputy is of the same place and department."""
    start, end = span(ask.first, ask.last, now)
    async with transaction():
        staff, deputy = await _locked(ask.login, ask.deputy)
        await _check_may(staff, by)
        if staff.id == deputy.id or staff.tenant_id != deputy.tenant_id:
            raise StepRefused("absence.no_deputy")
        if (staff.department, staff.jurisdiction) != (deputy.department, deputy.jurisdiction):
            raise StepRefused("absence.other_department")
        held = Absence.filter(tenant_id=staff.tenant_id, staff_id=staff.id, ended_at=None)
        check_apart(start, end, [(one.from_at, one.to_at) for one in await held])
        await Absence.create(
            id=new_id(),
            tenant_id=staff.tenant_id,
            staff_id=staff.id,
            deputy_id=deputy.id,
            from_at=start,
            to_at=end,
            made_by=by.id,
            made_at=now,
        )
        await _say(staff, by, now, {"deputy": deputy.id, "from": ask.first, "to": ask.last})


async def be_back(absence_id: UUID, by: Actor, now: datetime) -> None:
    """Earlier than thought: nobody acts in that person's name any more."""
    async with transaction():
        found = await Absence.get_or_none(id=absence_id, ended_at=None)
        if found is None:
            raise NotFound("absence")
        staff = await locked_staff(found.tenant_id, found.staff_id)
        await _check_may(staff, by)
        absence = Absence.filter(tenant_id=found.tenant_id, id=found.id, ended_at=None)
        if not await absence.update(ended_at=now):  # another was quicker
            raise NotFound("absence")
        sessions = StaffSession.filter(tenant_id=found.tenant_id, staff_id=found.deputy_id)
        await sessions.filter(acting_for=staff.id).update(acting_for=None)
        await _say(staff, by, now, {"ended": now})


async def _locked(login: str, deputy: str) -> tuple[Staff, Staff]:
    """Both, in ascending id: two who stand in for each other wait, and neither for ever."""
    logins = [login_of(one) for one in (login, deputy)]
    held = Staff.filter(login__in=logins, active=True).order_by("id")
    found = {one.login: one for one in await held.select_for_update(no_key=True)}
    if not found.keys() >= set(logins):
        raise NotFound("account")
    return found[logins[0]], found[logins[1]]


async def _check_may(staff: Staff, by: Actor) -> None:
    """Nobody is sent away by a deputy of their own."""
    if by.on_behalf:
        raise NotAllowed(Step.ABSENCE.value)
    if by.id != str(staff.id):
        check_may(Step.ABSENCE, by)
        await check_above(staff.jurisdiction, by)


async def _say(staff: Staff, by: Actor, now: datetime, detail: dict[str, object]) -> None:
    chain = Chain(staff.tenant_id, Aggregate.STAFF, staff.id)
    await append(chain, Happening(Step.ABSENCE, "active", by, now), detail)
