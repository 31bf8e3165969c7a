"""补充询问: the reporter is asked on a page of its own, which says what stands still meanwhile."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.asked_back import asked_of, may_stand_still
from hotline.lookups.order import order
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.ask_back import Question, ask_back
from hotline.steps.resume import resume
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.visit import current


async def show(request: Request) -> Response:
    """What was asked, what waits, and the form to ask."""
    return await _page(request, Retry())


async def question(request: Request) -> Response:
    """补充询问."""
    form = form_of(request)
    ask = Question(form.raw("report")[:40], form.text("question", most=LONGEST_REASON))
    return await taken(
        request,
        Step.ASK_BACK,
        lambda at: ask_back(at, ask, by=doors.actor(request), now=current().now),
        _page,
    )


async def going_on(request: Request) -> Response:
    """恢复计时 without an answer."""
    return await taken(
        request,
        Step.RESUME,
        lambda at: resume(at, by=doors.actor(request), now=current().now),
        _page,
    )


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    asked = await asked_of(view.tenant_id, view.id, now)
    handles = view.leads and any(by.may(role) for role in ROLES[Step.ASK_BACK])
    waits = any(one.waits for one in asked)
    pack = await pack_for(view, by)
    return staff_page(
        "desk/asking",
        status_code=status_code,
        case=view,
        asked=asked,
        still=await may_stand_still(pack, view.tenant_id, view.id),
        may_ask=handles and not waits and view.stage is OrderStage.SIGNED,
        may_go_on=handles and waits,
        retry=retry,
        short=short,
    )
