"""与反映人沟通 at the desk: a message to the reporter of one of the order's reports."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.order import order
from hotline.rules.terms import Step
from hotline.steps.speak import speak
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.submissions import Problem
from webforms.visit import current


async def message(request: Request) -> Response:
    """The reporter reads it with number and code."""
    by, now, form = doors.actor(request), current().now, form_of(request)
    view = await order(by, request.path_params["number"], now)
    report = next((one for one in view.reports if one.number == form.raw("report")), None)
    if report is None:
        raise NotFound("request")
    try:
        target = Target(view.tenant_id, report.id)
        await speak(target, form.text("message", most=1000), by=by, now=now)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await case_page(request, Retry(form, said), status_code=422)
    return see_other(f"/desk/orders/{view.number}?done={Step.SPEAK}")
