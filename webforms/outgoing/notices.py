"""站内通知: the list, and the count beside the bell, asked for by every open page of a desk."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from hotline.errors import StepRefused
from hotline.lookups.notices import notices, unread
from hotline.rules.actor import Actor
from hotline.steps.acknowledge import acknowledge
from hotline.steps.at import order_at
from hotline.steps.read_notices import read_notices
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import READERS, REFERRERS, TRIAGE, pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem
from webforms.visit import current


async def show(request: Request) -> Response:
    """Everything of the last weeks; opening the list reads nothing by itself."""
    return await _page(doors.actor(request))


async def count(request: Request) -> Response:
    """How many are unread; 304 while nothing changed."""
    n = await unread(doors.actor(request), current().now)
    mark = f'"{n}"'
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"etag": mark})
    return PlainTextResponse(str(n), headers={"etag": mark})


async def reading(request: Request) -> Response:
    """One is read and its order opened, or all are read."""
    by, form = doors.actor(request), form_of(request)
    await read_notices(by, current().now, form.text("notice", most=64))
    number, beside = form.text("order", most=40), form.text("referral", most=40)
    report = form.text("report", most=40)
    if beside and by.roles.intersection(REFERRERS):
        return see_other(f"/referrals/{beside}")
    if report and by.roles.intersection(TRIAGE):
        return see_other(f"/triage/reports/{report}")
    if number and by.roles.intersection(READERS):
        return see_other(f"/desk/orders/{number}")
    return see_other("/notices")


async def acknowledgement(request: Request) -> Response:
    """值班确认: I have it."""
    by, now = doors.actor(request), current().now
    tenant = (await pack_of(by)).tenant
    try:
        await acknowledge(await order_at(tenant, request.path_params["number"]), by=by, now=now)
    except StepRefused as refused:
        return await _page(by, Problem(f"refused.{refused.key}", refused.values))
    return see_other("/notices?done=acknowledged")


async def _page(by: Actor, refused: Problem | None = None) -> Response:
    found = await notices(by, current().now)
    asked = current().request.query_params.get("done", "")
    return staff_page(
        "outgoing/notices",
        status_code=422 if refused else 200,
        notices=found,
        unread=sum(not one.is_read for one in found),
        refused=refused,
        may_open=bool(by.roles.intersection(READERS)),
        done=asked == "acknowledged",
        short=short,
    )
