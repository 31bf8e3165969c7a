"""D8 审计检索: events by day, step, person and number; shown, or as a table to take away."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.audit import MOST, MOST_OUT, Asked, Entry, audit
from hotline.rules.clocks import SHANGHAI
from hotline.rules.spreadsheet import TYPES, written
from hotline.rules.terms import Step
from webforms import doors
from webforms.doors import form_of
from webforms.rules.table import today
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.texts import has_text
from webforms.visit import current

BACK: Final = timedelta(days=7)
HEAD: Final = ("at", "number", "aggregate", "step", "stage", "who", "login", "department")


async def show(request: Request) -> Response:
    """The last days."""
    return await _page(request, Form())


async def search(request: Request) -> Response:
    """What was asked for, on the page or as a table."""
    form = form_of(request)
    kind = form.raw("as")
    if kind not in TYPES:
        return await _page(request, form)
    asked = _asked(form)
    found = await audit(doors.actor(request), asked, MOST_OUT)
    lines = [_cells(one) for one in found]
    name = f"audit-{asked.since}-{asked.until}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    content = written(kind, [_header(), *lines])
    return Response(content, media_type=TYPES[kind], headers=headers)


def _asked(form: Form) -> Asked:
    since, until = form.day("since"), form.day("until")
    return Asked(
        since=since or today() - BACK,
        until=until or today(),
        step=form.raw("step") if form.raw("step") in set(Step) else "",
        login=form.text("login", most=64),
        number=form.text("number", most=64),
    )


async def _page(request: Request, form: Form) -> Response:
    asked = _asked(form)
    found = await audit(doors.actor(request), asked, MOST + 1)
    return staff_page(
        "admin/audit",
        asked=asked,
        found=found[:MOST],
        more=len(found) > MOST,
        most=MOST,
        steps=sorted(Step),
        step_name=_step_name,
        stage_name=_stage_name,
        short=short,
    )


def _step_name(step: str) -> str:
    key = f"term.step.{step}"
    return current().t(key) if has_text(key) else step


def _stage_name(one: Entry) -> str:
    keys = (f"term.{one.aggregate}.{one.stage}", f"{one.aggregate}.stage.{one.stage}")
    return next((current().t(key) for key in keys if has_text(key)), one.stage)


def _cells(one: Entry) -> list[str]:
    at = one.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
    who = one.name or current().t(f"audit.kind.{one.actor_kind}")
    told = (at, one.number, one.aggregate, _step_name(one.step), _stage_name(one), who, one.login)
    return [*told, one.department]


def _header() -> list[str]:
    return [current().t(f"audit.{name}") for name in HEAD]
