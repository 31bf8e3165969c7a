"""现场材料: files of the department that leads, beside the order and its texts."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.rules.terms import Step
from hotline.steps.at import order_at
from hotline.steps.attach import SentFile
from hotline.steps.evidence import add_evidence
from webforms import doors
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of
from webforms.uploads import each
from webforms.visit import current

FIELD = "evidence"


async def add(request: Request) -> Response:
    """Each by itself; what was refused is named, the others are kept."""
    form, by, now = form_of(request), doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    target = await order_at(tenant, number, None)  # NotFound before anything is read

    async def keep(sent: SentFile) -> None:
        await add_evidence(target, sent, by=by, now=now)

    await each(form, FIELD, keep, needed=True)
    if form.problems:
        return await case_page(request, Retry(form, step=Step.EVIDENCE), status_code=422)
    return see_other(f"/desk/orders/{number}?done={Step.EVIDENCE}")
