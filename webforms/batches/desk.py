"""A5: tables of reports; uploaded, mapped, previewed, taken with partial success."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import batches as lookup
from hotline.lookups.batches import BatchView, handle_of
from hotline.rules.batch_plan import OFFERED, BatchPlan
from hotline.rules.spreadsheet import BYTE_ORDER_MARK
from hotline.rules.terms import Channel, Wish
from hotline.steps.batch_table import (
    LARGEST,
    discard_table,
    own_table,
    plan_table,
    start_table,
    stop_table,
    upload_table,
)
from hotline.steps.run_table import rows_back
from webforms import doors
from webforms.batches.preview import Preview, offered_headings, preview
from webforms.doors import form_of
from webforms.render import see_other
from webforms.rows_back import REASON, csv_line, reason
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.fresh import fresh
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import TABLES, nudge

FILE: Final = "table"
WAITING: Final = ("opened", "stopped")
READABLE: Final = ("opened", "queued", "running", "done", "stopped", "failed")


async def home(request: Request) -> Response:
    """This person's tables, and the field for a new one."""
    return await _home(request, Form())


async def upload(request: Request) -> Response:
    """A table is read as far as its headings; then it is told what they mean."""
    form, by = form_of(request), doors.actor(request)
    sent = next((one for one in form.files.get(FILE, []) if one.filename), None)
    if sent is None:
        form.problem(FILE, "batch.need_file")
        return await _home(request, form, status_code=422)
    try:
        begun = await upload_table(sent.filename or "", await sent.read(), by=by, now=current().now)
    except StepRefused as refused:
        form.problem(FILE, f"refused.{refused.key}", **refused.values)
        return await _home(request, form, status_code=422)
    finally:
        await sent.close()
    return see_other(f"/batches/{handle_of(begun.id)}")


async def show(request: Request) -> Response:
    """The mapping with its preview while it waits; afterwards how far it is."""
    view = await _asked(request)
    if view.stage in WAITING and not view.gone:
        return await _mapping(request, view, Form())
    return staff_page("batch/progress", batch=view, short=short, **_links(view))


async def progress(request: Request) -> Response:
    """How far it is, for the page that is already open."""
    view = await _asked(request)
    return fresh(request, staff_page("batch/parts/state", batch=view, short=short, **_links(view)))


async def plan(request: Request) -> Response:
    """Keep the mapping; start, if that was the button."""
    view, form, by = await _asked(request), form_of(request), doors.actor(request)
    wanted = _plan(form, view)
    if form.problems:
        return await _mapping(request, view, form, status_code=422)
    try:
        await plan_table(view.id, wanted, by=by)
        if form.raw("act") == "start":
            await start_table(view.id, by=by)
            nudge(TABLES)
    except StepRefused as refused:
        form.problem("columns", f"refused.{refused.key}", **refused.values)
        return await _mapping(request, view, form, status_code=422)
    return see_other(f"/batches/{view.handle}")


async def stop(request: Request) -> Response:
    """What was taken stays."""
    view = await _asked(request)
    await stop_table(view.id, by=doors.actor(request), now=current().now)
    return see_other(f"/batches/{view.handle}")


async def discard(request: Request) -> Response:
    """The table is gone."""
    await discard_table((await _asked(request)).id, by=doors.actor(request))
    return see_other("/batches")


async def back(request: Request) -> Response:
    """退回的行 as a table, to be put right and uploaded again."""
    view = await _asked(request)
    found = await rows_back(await own_table(view.id, doors.actor(request), READABLE))
    names = dict.fromkeys(name for one in found for name in one.cells if name != REASON)
    header = [*names, REASON]
    lines = [csv_line(header, dict(zip(header, header, strict=True)))]
    lines += [
        csv_line(header, {**one.cells, REASON: reason(one.line, one.faults)}) for one in found
    ]
    return Response(
        BYTE_ORDER_MARK + "".join(lines),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="rows-back.csv"'},
    )


async def _asked(request: Request) -> BatchView:
    return await lookup.batch(doors.actor(request), request.path_params["handle"])


def _plan(form: Form, view: BatchView) -> BatchPlan:
    chosen = {name: form.text(f"column.{name}", most=1000) for name in OFFERED}
    channel = form.choice("channel", set(Channel), need="agent.need_channel")
    wish = form.choice("wish", set(Wish), need="agent.need_wish")
    if form.problems:
        return view.plan
    return BatchPlan(
        source=form.text("source", most=64),
        columns={name: heading for name, heading in chosen.items() if heading},
        channel=Channel(channel),
        wish=Wish(wish),
        history=form.ticked("history"),
    )


def _links(view: BatchView) -> dict[str, Any]:
    return {"base": f"/batches/{view.handle}"}


async def _home(request: Request, form: Form, *, status_code: int = 200) -> Response:
    return staff_page(
        "batch/home",
        status_code=status_code,
        problems=form.problems,
        batches=await lookup.batches(doors.actor(request)),
        most=LARGEST // 1024 // 1024,
        short=short,
    )


async def _mapping(
    request: Request, view: BatchView, form: Form, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    try:
        seen = await preview(view, await pack_of(by), by, current().now)
    except StepRefused as refused:
        form.problem("columns", f"refused.{refused.key}", **refused.values)
        seen = Preview(())
    return staff_page(
        "batch/mapping",
        status_code=status_code,
        problems=form.problems,
        batch=view,
        seen=seen,
        headings=offered_headings(view, seen),
        offered=OFFERED,
        channels=[channel.value for channel in Channel],
        wishes=[wish.value for wish in Wish],
        short=short,
        **_links(view),
    )
