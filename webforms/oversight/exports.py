"""导出: a table is asked for, watched, stopped, fetched."""

from datetime import timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.exports import ExportView, export, handle_of
from hotline.rules.spreadsheet import TYPES
from hotline.steps.desk_export import MOST_ROWS, Wanted, ask_export, exported, stop_export
from webforms import doors
from webforms.dates import CHINA
from webforms.doors import form_of
from webforms.oversight.assessment import month_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.fresh import fresh
from webforms.visit import current
from workers.queues import EXPORTS, nudge

BACK: Final = timedelta(days=30)
LONGEST: Final = timedelta(days=731)
HEAD: Final = (
    *("number", "title", "lead", "place", "opened", "closed_on", "accepted", "closed"),
    *("rated", "satisfied", "reopened"),
)
WORDS: Final = ("yes", "no", "open")


async def ask(request: Request) -> Response:
    """The month's orders, each with how it counts, as a file."""
    form, t = form_of(request), current().t
    month = month_of(form.raw("month"))
    more = {
        "month": month.isoformat(),
        "head": [t(f"assessment.head.{name}") for name in HEAD],
        "words": {name: t(f"assessment.kept.{name}") for name in WORDS},
    }
    return await _asked_for(request, "assessment", more, f"/assessment?month={month:%Y-%m}")


async def ask_cases(request: Request) -> Response:
    """办件导出: the reports of some days in the 18 columns of a 12345 line."""
    form, today = form_of(request), current().now.astimezone(CHINA).date()
    until = min(form.day("until") or today, today)
    since = max(form.day("since") or until - BACK, until - LONGEST)
    more = {"since": min(since, until).isoformat(), "until": until.isoformat()}
    return await _asked_for(request, "cases", more, "/assessment")


async def _asked_for(request: Request, what: str, more: dict[str, Any], back: str) -> Response:
    kind = form_of(request).raw("as")
    wanted = Wanted(what, kind if kind in TYPES else "csv", more)
    try:
        made = await ask_export(wanted, by=doors.actor(request), now=current().now)
    except StepRefused:
        return see_other(f"{back}#exports")
    nudge(EXPORTS)
    return see_other(f"/assessment/exports/{handle_of(made)}")


async def show(request: Request) -> Response:
    """How far it is; without JavaScript the link looks again."""
    return staff_page("oversight/export", **await _shown(request))


async def progress(request: Request) -> Response:
    """The same, for the page that is already open."""
    return fresh(request, staff_page("oversight/parts/export", **await _shown(request)))


async def stop(request: Request) -> Response:
    """Nothing of it is kept."""
    one = await _asked(request)
    await stop_export(one.id, by=doors.actor(request), now=current().now)
    return see_other(f"/assessment/exports/{one.handle}")


async def fetch(request: Request) -> Response:
    """The file."""
    one = await _asked(request)
    content = await exported(one.id, by=doors.actor(request))
    name = f"{one.what}-{one.about.replace('–', '_')}.{one.form}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=TYPES[one.form], headers=headers)


async def _shown(request: Request) -> dict[str, Any]:
    return {"one": await _asked(request), "most": f"{MOST_ROWS:,}"}


async def _asked(request: Request) -> ExportView:
    return await export(doors.actor(request), request.path_params["handle"])
