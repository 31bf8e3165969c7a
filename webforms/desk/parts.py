"""协办分工: each assisting department's part on one page; given, done, or gone on without."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.order import order
from hotline.lookups.parts import parts_of
from hotline.rules.terms import OrderStage, Role, Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.finish_part import finish_part
from hotline.steps.give_part import Task, give_part
from hotline.steps.transition import Target
from hotline.steps.waive_part import waive_part
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import whole
from webforms.visit import current


async def show(request: Request) -> Response:
    """Every part, and what may be done with it."""
    return await _page(request, Retry())


async def giving(request: Request) -> Response:
    """协办分工."""
    form = form_of(request)
    days = whole(form.raw("days"), digits=3) or 0
    task = Task(form.raw("department")[:80], form.text("task", most=LONGEST_REASON), days)
    return await taken(
        request,
        Step.GIVE_PART,
        lambda at: give_part(at, task, by=doors.actor(request), now=current().now),
        _page,
    )


async def finishing(request: Request) -> Response:
    """协办办结."""
    result = form_of(request).text("result", most=LONGEST_REASON)
    return await taken(
        request,
        Step.FINISH_PART,
        lambda at: finish_part(at, result, by=doors.actor(request), now=current().now),
        _page,
    )


async def waiving(request: Request) -> Response:
    """协办不再等待."""
    form = form_of(request)
    department, why = form.raw("department")[:80], form.text("reason", most=LONGEST_REASON)

    async def take(at: Target) -> None:
        await waive_part(at, department, why, by=doors.actor(request), now=current().now)

    return await taken(request, Step.WAIVE_PART, take, _page)


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    parts = await parts_of(await pack_for(view, by), view.tenant_id, view.id, now)
    waiting = {one.department.code for one in parts if one.open}
    acts = by.may(Role.HANDLER) and view.stage is OrderStage.SIGNED
    return staff_page(
        "desk/parts_page",
        status_code=status_code,
        case=view,
        parts=parts,
        free=[one for one in view.co if one.code not in waiting],
        may_give=acts and view.leads,
        may_finish=acts and not view.leads and by.department in waiting,
        retry=retry,
        short=short,
    )
