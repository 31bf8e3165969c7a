"""值班表: who is called for an emergency, when and in which order; what nobody has taken up yet."""

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport
from hotline.lookups.duty import alarms, watches
from hotline.lookups.staff import people
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Role
from hotline.steps.watch import MOST_RANKS, Turn, unwatch, watch
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import Choice
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, whole
from webforms.visit import current

HOME: Final = "/duty"


async def show(request: Request) -> Response:
    """The list, and the form for one turn more."""
    return await _page(request, Form())


async def add(request: Request) -> Response:
    """One turn more."""
    form = form_of(request)
    turn = _typed(form)
    if not form.problems:
        try:
            await watch(turn, by=doors.actor(request), now=current().now)
        except BadReport as fault:
            for name, key in fault.errors.items():
                form.problem(name, key)
    if form.problems:
        return await _page(request, form)
    return see_other(f"{HOME}?done=added")


async def remove(request: Request) -> Response:
    """One turn taken down."""
    await unwatch(request.path_params["handle"], by=doors.actor(request), now=current().now)
    return see_other(f"{HOME}?done=removed")


def _typed(form: Form) -> Turn:
    return Turn(
        jurisdiction=form.text("jurisdiction", most=6),
        login=form.text("login", most=64, need="duty.no_person"),
        rank=whole(form.text("rank", most=2)) or 0,
        from_at=_moment(form, "from"),
        to_at=_moment(form, "to"),
        phone=form.text("phone", most=32),
    )


def _moment(form: Form, name: str) -> datetime:
    """As the field gives it: 2026-03-09T18:00, in China."""
    try:
        found = datetime.fromisoformat(form.text(name, most=16)).replace(tzinfo=SHANGHAI)
    except ValueError:
        form.problem(name, "duty.time")
        found = current().now
    return found


async def _page(request: Request, form: Form) -> Response:
    by, now = doors.actor(request), current().now
    sight, known = await sight_of(by), await packs()
    done = request.query_params.get("done", "")
    return staff_page(
        "outgoing/duty",
        status_code=422 if form.problems else 200,
        problems=form.problems,
        form=form,
        watches=await watches(by, now),
        alarms=await alarms(by, now),
        people=[
            Choice(one.login, one.name)
            for one in await people(sight.tenant_id)
            if one.active and one.jurisdiction in sight.jurisdictions
        ],
        jurisdictions=[Choice(code, known.pack(code).name) for code in sorted(sight.jurisdictions)],
        own=by.jurisdiction,
        may_take=by.may(Role.SUPERVISOR),
        ranks=range(1, MOST_RANKS + 1),
        done=done if done in ("added", "removed") else "",
        short=short,
    )
