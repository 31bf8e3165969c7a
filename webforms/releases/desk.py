"""发布稿: written by one person, published by another; bulletins drafted by the service."""

from collections.abc import Awaitable
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, StepRefused
from hotline.lookups import releases as lookup
from hotline.lookups.press import press_contacts
from hotline.rules.clocks import SHANGHAI
from hotline.rules.release import (
    BULLETINS,
    LONGEST_BODY,
    LONGEST_CONSENT,
    LONGEST_TITLE,
    ReleaseKind,
    ReleaseText,
)
from hotline.rules.terms import Role
from hotline.steps.approve_release import approve_release, return_release
from hotline.steps.draft_answer import draft_briefing
from hotline.steps.draft_bulletin import draft_bulletin
from hotline.steps.send_release import WAYS, Sent, send_release
from hotline.steps.withdraw_release import withdraw_release
from hotline.steps.write_release import Writing, begin_release, write_release
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem, a_day
from webforms.visit import current

HOME: Final = "/releases"
WRITTEN: Final = tuple(kind.value for kind in ReleaseKind if kind not in BULLETINS)
FIELDS: Final = ("kind", "title", "body", "consent", "consent_on")


async def show(request: Request) -> Response:
    """What waits, what is written, what is public."""
    return await _list(request, Form())


async def write(request: Request) -> Response:
    """A new one; bulletins are drafted by the service."""
    form = form_of(request)
    kind = form.raw("kind") if form.raw("kind") in WRITTEN else WRITTEN[0]
    begun = begin_release(
        ReleaseKind(kind), _writing(form), by=doors.actor(request), now=current().now
    )
    number = await _number(form, begun)
    if number:
        return see_other(f"{HOME}/{number}")
    return await _list(request, form, status_code=422)


async def draft(request: Request) -> Response:
    """月报 or 年报 of a span that is over."""
    form, by = form_of(request), doors.actor(request)
    kind = ReleaseKind.YEARLY if form.raw("kind") == ReleaseKind.YEARLY else ReleaseKind.MONTHLY
    day = _month(form)
    if day is None:
        return await _list(request, form, status_code=422)
    try:
        number = await draft_bulletin(by.jurisdiction, kind, day, now=current().now, by=by)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _list(request, form, refused=said, status_code=422)
    return see_other(f"{HOME}/{number}")


async def brief(request: Request) -> Response:
    """新闻通报 of what became public on some days."""
    form, by = form_of(request), doors.actor(request)
    since, until = a_day(form.raw("since")), a_day(form.raw("until"))
    try:
        if since is None or until is None:
            raise StepRefused("release.days")
        number = await draft_briefing(since, until, by=by, now=current().now)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _list(request, form, refused=said, status_code=422)
    return see_other(f"{HOME}/{number}")


async def one(request: Request) -> Response:
    """The text, its figures, its log."""
    return await _one(request, Form())


async def rewrite(request: Request) -> Response:
    """Saved, or offered to another person."""
    form, number = form_of(request), request.path_params["number"]
    written = write_release(
        number, _writing(form), seen=form.version(), by=doors.actor(request), now=current().now
    )
    return await _taken(request, form, written)


async def approval(request: Request) -> Response:
    """Published, or given back."""
    form, number = form_of(request), request.path_params["number"]
    by, now, seen = doors.actor(request), current().now, form.version()
    if form.raw("act") == "return":
        why = form.text("reason", most=400)
        return await _taken(request, form, return_release(number, why, seen=seen, by=by, now=now))
    return await _taken(request, form, approve_release(number, seen=seen, by=by, now=now))


async def withdrawal(request: Request) -> Response:
    """Taken down with a reason."""
    form, number = form_of(request), request.path_params["number"]
    why = form.text("reason", most=400)
    step = withdraw_release(
        number, why, seen=form.version(), by=doors.actor(request), now=current().now
    )
    return await _taken(request, form, step)


async def sending(request: Request) -> Response:
    """One more line of the log."""
    form, number = form_of(request), request.path_params["number"]
    ask = Sent(form.text("outlet", most=120), form.raw("way"), form.text("note", most=400))
    step = send_release(number, ask, by=doors.actor(request), now=current().now)
    return await _taken(request, form, step)


async def _number(form: Form, begun: Awaitable[str]) -> str:
    if form.problems:
        return ""
    try:
        return await begun
    except BadReport as found:
        _note(form, found)
        return ""


def _note(form: Form, found: BadReport) -> None:
    for name, key in found.errors.items():
        form.problem(name, key if key.startswith("media.") else f"refused.{key}")


async def _taken(request: Request, form: Form, step: Awaitable[None]) -> Response:
    said = None
    try:
        await step
    except BadReport as found:
        _note(form, found)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
    if said or form.problems:
        return await _one(request, form, refused=said, status_code=422)
    return see_other(f"{HOME}/{request.path_params['number']}?done=1")


def _writing(form: Form) -> Writing:
    return Writing(
        ReleaseText(
            title=form.text("title", most=LONGEST_TITLE + 20),
            body=form.text("body", most=LONGEST_BODY + 200),
            consent=form.text("consent", most=LONGEST_CONSENT),
            consent_on=a_day(form.raw("consent_on")),
        ),
        offered=form.raw("act") == "offer",
    )


def _month(form: Form) -> date | None:
    day = a_day(f"{form.raw('month')}-01")
    if day is None:
        form.problem("month", "refused.release.need_month")
    return day


async def _list(
    request: Request, form: Form, refused: Problem | None = None, *, status_code: int = 200
) -> Response:
    today = current().now.astimezone(SHANGHAI).date()
    return staff_page(
        "releases/home",
        status_code=status_code,
        found=await lookup.releases(doors.actor(request)),
        typed={name: form.raw(name) for name in FIELDS},
        kinds=WRITTEN,
        bulletins=[kind.value for kind in BULLETINS],
        month=f"{_before(today):%Y-%m}",
        since=_before(today),
        until=today,
        problems=form.problems,
        refused=refused,
        short=short,
    )


def _before(day: date) -> date:
    month = day.month - 1 or 12
    return date(day.year - (day.month == 1), month, 1)


async def _one(
    request: Request, form: Form, refused: Problem | None = None, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    found = await lookup.release(by, request.path_params["number"])
    stands: dict[str, Any] = {
        "title": found.title,
        "body": found.body,
        "consent": found.consent,
        "consent_on": found.consent_on or "",
    }
    typed = {name: form.raw(name) or stands[name] for name in stands}
    return staff_page(
        "releases/one",
        status_code=status_code,
        one=found,
        typed=typed if form.problems else stands,
        sent=await lookup.sent(by, found.number),
        contacts=await press_contacts(by),
        ways=WAYS,
        may_publish=Role.PUBLISHER in by.roles,
        own=by.is_one_of(found.writer_id),
        problems=form.problems,
        refused=refused,
        done=bool(request.query_params.get("done")),
        short=short,
    )
