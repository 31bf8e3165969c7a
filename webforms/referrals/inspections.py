"""督察交办: batches with their funnel, the items of one, and its list as a file."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import inspections as lookup
from hotline.lookups.inspections import BatchView
from hotline.rules.spreadsheet import CSV, Line, as_csv
from hotline.steps.hand_batch import LONGEST_NAME, Batch, hand_batch, take_items
from webforms import doors
from webforms.doors import form_of
from webforms.referrals.desk import page_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import deadline
from webforms.submissions import Form
from webforms.visit import current

HOME: Final = "/inspections"
MOST: Final = 200_000
WHOLE: Final = 100_000  # items in a file
FUNNEL: Final = (
    *("received", "refused", "accepted", "merged", "handed_over"),
    *("answered", "closed", "overdue"),
)


async def show(request: Request) -> Response:
    """Every batch, and the form for a new one."""
    return await _home(request, Form())


async def begin(request: Request) -> Response:
    """A new batch: to its page."""
    form, by = form_of(request), doors.actor(request)
    if (on := form.day("received_on", need="reward.bad_day")) is None:
        return await _home(request, form, status_code=422)
    try:
        ask = Batch(form.text("name", most=LONGEST_NAME), form.raw("level")[:16], on)
        number = await hand_batch(ask, by=by, now=current().now)
    except StepRefused as refused:
        form.problem("name", f"refused.{refused.key}", **refused.values)
    else:
        return see_other(f"{HOME}/{number}")
    return await _home(request, form, status_code=422)


async def one(request: Request) -> Response:
    """The funnel, the items, the counted columns."""
    return await _batch(request, Form())


async def take(request: Request) -> Response:
    """Lines become items; one that stands there already is not taken twice."""
    form, by, number = form_of(request), doors.actor(request), request.path_params["number"]
    try:
        new, there = await take_items(
            number, form.text("lines", most=MOST), by=by, now=current().now
        )
    except StepRefused as refused:
        form.problem("lines", f"refused.{refused.key}", **refused.values)
        return await _batch(request, form, status_code=422)
    return see_other(f"{HOME}/{number}?new={new}&there={there}")


async def file(request: Request) -> Response:
    """The batch as CSV, in UTF-8 with a mark that spreadsheets know."""
    number = request.path_params["number"]
    view = await lookup.batch(doors.actor(request), number, current().now, most=WHOLE)
    headers = {"content-disposition": f'attachment; filename="inspection-{view.row.number}.csv"'}
    return Response(as_csv(_lines(view)), media_type=CSV, headers=headers)


def _lines(view: BatchView) -> list[Line]:
    t = current().t
    names = ("foreign", "place", "problem", "to", "stage", "finding", "text", "outcome")
    head: list[str | int] = [t(f"referral.{name}") for name in names]
    lines: list[Line] = [head + [f"{column.name}（{column.unit}）" for column in view.columns]]
    for item in view.items:
        said: list[str | int] = [
            ("*" if item.star else "") + item.foreign,
            item.place,
            item.problem,
            "、".join(item.addressees),
            t(f"term.referral.{item.stage.value}"),
            t(f"term.finding.{item.finding}") if item.finding else "",
            item.reply,
            item.outcome,
        ]
        lines.append(said + [item.columns.get(column.code, 0) for column in view.columns])
    return lines


async def _home(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    return staff_page(
        "referrals/inspections",
        status_code=status_code,
        problems=form.problems,
        typed={name: form.raw(name) for name in ("name", "level", "received_on")},
        batches=await lookup.batches(by, now),
        levels=(await pack_of(by)).referring.levels,
        funnel=FUNNEL,
    )


async def _batch(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    asked: dict[str, Any] = dict(request.query_params)
    page = page_of(request)
    counted = {name: asked.get(name, "") for name in ("new", "there")}
    return staff_page(
        "referrals/batch",
        status_code=status_code,
        problems=form.problems,
        lines=form.raw("lines"),
        batch=(view := await lookup.batch(by, request.path_params["number"], now, page=page)),
        page=page,
        more=len(view.items) == lookup.PAGE,
        taken=counted if all(text.isdigit() for text in counted.values()) else None,
        funnel=FUNNEL,
        deadline=deadline,
    )
