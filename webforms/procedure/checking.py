"""核查: visits by somebody who did not handle the order, on a page of their own."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.checking import visits
from hotline.lookups.order import order
from hotline.rules.checking import CheckOutcome
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import ORDER_MOVES, ROLES
from hotline.rules.terms import Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.check import Visit, check
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem, a_moment
from webforms.visit import current


async def show(request: Request) -> Response:
    """Every visit, and the form for one more."""
    return await _page(request, Retry())


async def visit(request: Request) -> Response:
    """核查."""
    form = form_of(request)
    at, outcome = a_moment(form.raw("visited")), form.raw("outcome")
    if at is None or outcome not in set(CheckOutcome):
        said = Problem("inspect.need")
        return await _page(request, Retry(form, said, Step.CHECK), status_code=422)
    ask = Visit(at, CheckOutcome(outcome), form.text("note", most=LONGEST_REASON))

    async def take(target: Target) -> None:
        await check(target, ask, by=doors.actor(request), now=current().now)

    return await taken(request, Step.CHECK, take, _page)


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    seen = await visits(await pack_for(view, by), view.tenant_id, view.id)
    allowed = any(by.may(role) for role in ROLES[Step.CHECK])
    return staff_page(
        "procedure/checking",
        status_code=status_code,
        case=view,
        visits=seen,
        outcomes=[one.value for one in CheckOutcome],
        may=allowed and seen.left > 0 and (view.stage, Step.CHECK) in ORDER_MOVES,
        default=now.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        retry=retry,
        form=retry.form or Form(),
        short=short,
    )
