"""查看身份: with a reason, shown once in the answer to the form, never kept or cached."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import phone
from hotline.lookups.order import order
from hotline.rules.actor import Actor
from hotline.rules.report import Contact
from hotline.rules.terms import Step
from hotline.steps.ask_identity import ask_identity
from hotline.steps.transition import Target
from hotline.steps.unmask import unmask
from webforms import doors
from webforms.attached import handed
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.render import see_other
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
    target, why = Target(view.tenant_id, report.id), form.text("why", most=1000)
    try:
        contact = await _contact(target, why, by, now)
        if contact is None:
            return see_other(f"/desk/orders/{view.number}?done={Step.ASK_IDENTITY}")
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await case_page(request, Retry(form, said), status_code=422)
    recordings = await phone.recordings_of(by, view.tenant_id, report.id, now)
    return staff_page(
        "desk/identity", case=view, report=report, contact=contact, recordings=recordings
    )


async def _contact(target: Target, why: str, by: Actor, now: datetime) -> Contact | None:
    """None when a custodian was asked instead."""
    try:
        return await unmask(target, why, by=by, now=now)
    except StepRefused as refused:
        if refused.key != "unmask.needs_custodian":
            raise
    await ask_identity(target, why, by=by, now=now)
    return None


async def recording(request: Request) -> Response:
    """录音 of a report's call, for whoever has just seen the identity."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    for report in view.reports:
        for one in await phone.recordings_of(by, view.tenant_id, report.id, now):
            if one.handle == request.path_params["handle"]:
                return await handed(view.tenant_id, one)
    raise NotFound("attachment")
