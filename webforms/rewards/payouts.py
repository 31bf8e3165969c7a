"""R3 奖励发放: a batch, its file taken once, its results brought back; no payee on any page."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import payouts as lookup
from hotline.rules.payout import PayoutRow
from hotline.rules.spreadsheet import CSV, XLSX
from hotline.steps.export_payout import export_payout
from hotline.steps.make_payout import make_payout
from hotline.steps.settle_payout import Taken, Told, settle_payout
from webforms import doors
from webforms.doors import form_of
from webforms.money import yuan
from webforms.render import see_other
from webforms.rewards.payout_files import LARGEST, as_csv, as_xlsx, results_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import DELIVERY, nudge

HOME: Final = "/payouts"
KINDS: Final = {"xlsx": (XLSX, as_xlsx), "csv": (CSV, as_csv)}


async def show(request: Request) -> Response:
    """What waits, and the batches so far."""
    return await _home(request, Form())


async def make(request: Request) -> Response:
    """One batch of everything that waits."""
    form = form_of(request)
    try:
        number = await make_payout(by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        form.problem("make", f"refused.{refused.key}", **refused.values)
        return await _home(request, form, status_code=422)
    return see_other(f"{HOME}/{number}?done=made")


async def batch(request: Request) -> Response:
    """Its lines: place, sum and result."""
    return await _batch(request, Form())


async def file(request: Request) -> Response:
    """Whom to pay; each time on record."""
    form, number = form_of(request), request.path_params["number"]
    kind = form.raw("as") if form.raw("as") in KINDS else "xlsx"
    why = form.text("why", most=200)
    try:
        lines = await export_payout(number, why, by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        form.problem("why", f"refused.{refused.key}", **refused.values)
        return await _batch(request, form, status_code=422)
    return _file(number, kind, lines)


async def results(request: Request) -> Response:
    """All of a file or nothing of it."""
    form, number = form_of(request), request.path_params["number"]
    told = await _told(form, number)
    if told is None:
        return await _batch(request, form, status_code=422)
    try:
        taken = await settle_payout(number, told, by=doors.actor(request), now=current().now)
    except StepRefused as refused:
        form.problem("file", f"refused.{refused.key}", **refused.values)
        return await _batch(request, form, status_code=422)
    nudge(DELIVERY)
    return await _batch(request, form, taken=taken)


async def _told(form: Form, number: str) -> Told | None:
    sent = next((one for one in form.files.get("file", []) if one.filename), None)
    if sent is None:
        form.problem("file", "payout.need_file")
        return None
    content = await sent.read()
    await sent.close()
    if len(content) > LARGEST:
        form.problem("file", "payout.too_large")
        return None
    return results_of(form, number, content)


def _file(number: str, kind: str, lines: tuple[PayoutRow, ...]) -> Response:
    media_type, written = KINDS[kind]
    headers = {"content-disposition": f'attachment; filename="{number}.{kind}"'}
    return Response(written(number, lines), media_type=media_type, headers=headers)


async def _home(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by = doors.actor(request)
    return staff_page(
        "rewards/payouts",
        status_code=status_code,
        problems=form.problems,
        waiting=await lookup.waiting(by),
        batches=await lookup.batches(by),
        yuan=yuan,
        short=short,
    )


async def _batch(
    request: Request, form: Form, *, status_code: int = 200, taken: Taken | None = None
) -> Response:
    view = await lookup.batch(doors.actor(request), request.path_params["number"])
    return staff_page(
        "rewards/payout",
        status_code=status_code,
        problems=form.problems,
        batch=view,
        made=request.query_params.get("done") == "made",
        taken=taken,
        yuan=yuan,
        short=short,
    )
