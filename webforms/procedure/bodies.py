"""移交受理: an order goes to another accepting body, from a page of its own beside it."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.accepting import handed_on_to
from hotline.lookups.order import order
from hotline.rules.terms import Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.hand_on import HandingOn, hand_on
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.visit import current


async def show(request: Request) -> Response:
    """To whom, and what it means: read before it is done."""
    return await _page(request, Retry())


async def handing_on(request: Request) -> Response:
    """移交受理 of an order."""
    ask = read_handing(form_of(request))
    return await taken(
        request,
        Step.HAND_ON,
        lambda at: hand_on(at, ask, by=doors.actor(request), now=current().now),
        _page,
    )


def read_handing(form: Form) -> HandingOn:
    """Which of the offered, and why."""
    return HandingOn(form.text("body", most=80), form.text("reason", most=LONGEST_REASON))


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    bodies = await handed_on_to(view, await pack_for(view, by), by)
    return staff_page(
        "procedure/handing_on",
        status_code=status_code,
        case=view,
        bodies=bodies,
        may=bool(bodies),
        retry=retry,
    )
