"""查看身份: with a reason, shown once in the answer to the form, never kept or cached."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import phone
from hotline.lookups.order import order
from hotline.steps.transition import Target
from hotline.steps.unmask import unmask
from webforms import doors
from webforms.attached import handed
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.submissions import Problem
from webforms.visit import current


async def show(request: Request) -> Response:
    """Who reported; the looking itself stands in the history, with the reason."""
    by, now, form = doors.actor(request), current().now, form_of(request)
    view = await order(by, request.path_params["number"], now)
    report = next((one for one in view.reports if one.number == form.raw("report")), None)
    if report is None:
        raise NotFound("request")
    try:
        contact = await unmask(
            Target(view.tenant_id, report.id), form.text("why", most=1000), by=by, now=now
        )
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await case_page(request, Retry(form, said), status_code=422)
    recordings = await phone.recordings_of(by, view.tenant_id, report.id, now)
    return staff_page(
        "desk/identity", case=view, report=report, contact=contact, recordings=recordings
    )


async def recording(request: Request) -> Response:
    """录音 of a report's call, for whoever has just seen the identity."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    for report in view.reports:
        for one in await phone.recordings_of(by, view.tenant_id, report.id, now):
            if one.handle == request.path_params["handle"]:
                return await handed(view.tenant_id, one)
    raise NotFound("attachment")
