"""H4 延期: asked for, granted or not, on a page of its own; with what may still be granted."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.extensions import extensions, longer
from hotline.lookups.order import order
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.ask_extension import Asking, ask_extension
from hotline.steps.deny_extension import deny_extension
from hotline.steps.extend import extend
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import whole
from webforms.visit import current


async def show(request: Request) -> Response:
    """The terms, the request that waits, and what was decided before."""
    return await _page(request, Retry())


async def asking(request: Request) -> Response:
    """延期申请."""
    form = form_of(request)
    count = whole(form.raw("count"), digits=4) or 0
    ask = Asking(count, form.text("reason", most=LONGEST_REASON), form.raw("scheme")[:48])

    async def take(target: Target) -> None:
        await ask_extension(target, ask, by=doors.actor(request), now=current().now)

    return await taken(request, Step.ASK_EXTENSION, take, _page)


async def grant(request: Request) -> Response:
    """准予延期."""
    told = form_of(request).text("told", most=LONGEST_REASON)
    return await taken(
        request,
        Step.EXTEND,
        lambda at: extend(at, told, by=doors.actor(request), now=current().now),
        _page,
    )


async def denial(request: Request) -> Response:
    """不准延期."""
    why = form_of(request).text("reason", most=LONGEST_REASON)
    return await taken(
        request,
        Step.DENY_EXTENSION,
        lambda at: deny_extension(at, why, by=doors.actor(request), now=current().now),
        _page,
    )


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = await pack_for(view, by)
    asked = await extensions(pack, view.tenant_id, view.id)
    waiting = next((one for one in asked if one.granted is None), None)
    decides = any(by.may(role) for role in ROLES[Step.EXTEND])
    signed = view.stage is OrderStage.SIGNED
    can_ask = signed and view.leads and any(by.may(role) for role in ROLES[Step.ASK_EXTENSION])
    return staff_page(
        "desk/extension",
        status_code=status_code,
        case=view,
        asked=asked,
        waiting=waiting,
        longer=await longer(pack, view.tenant_id, view.id, now),
        may_ask=can_ask and waiting is None,
        may_decide=decides
        and waiting is not None
        and not by.is_one_of(waiting.asker_id)
        and view.stage in (OrderStage.SIGNED, OrderStage.SUBMITTED),
        retry=retry,
        short=short,
    )
