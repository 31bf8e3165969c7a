"""转送: an order given to a body outside, its receipt, and what came back."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.forwarding import forwardings
from hotline.lookups.letters import RECEIPT
from hotline.lookups.order import order
from hotline.rules.lifecycle import ORDER_MOVES
from hotline.rules.terms import Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.at import order_at, request_at
from hotline.steps.confirm_forward import confirm_forward, confirm_report
from hotline.steps.forward import Outward, forward
from hotline.steps.take_back import take_back, take_back_report
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, pack_for
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.visit import current


async def show(request: Request) -> Response:
    """To whom, where the reporter finds it, and why: read before it is done."""
    return await _page(request, Retry())


async def passing_on(request: Request) -> Response:
    """转送 of an order."""
    ask = read_outward(form_of(request))
    return await taken(
        request,
        Step.FORWARD,
        lambda at: forward(at, ask, by=doors.actor(request), now=current().now),
        _page,
    )


async def home(request: Request) -> Response:
    """Everything that is outside."""
    return await _home(request)


async def confirmation(request: Request) -> Response:
    """转送回执."""
    number = form_of(request).raw("their_number")[:80]

    async def take(at: Target, of_order: bool) -> None:
        step = confirm_forward if of_order else confirm_report
        await step(at, number, by=doors.actor(request), now=current().now)

    return await _done(request, Step.CONFIRM_FORWARD, take)


async def return_(request: Request) -> Response:
    """转送退回."""
    why = form_of(request).text("reason", most=LONGEST_REASON)

    async def take(at: Target, of_order: bool) -> None:
        step = take_back if of_order else take_back_report
        await step(at, why, by=doors.actor(request), now=current().now)

    return await _done(request, Step.TAKE_BACK, take)


def read_outward(form: Form) -> Outward:
    """A body of the pack fills name and contact; what is typed stands over it."""
    known, _, contact = form.raw("body").partition("｜")
    return Outward(
        form.text("name", most=120) or known[:120],
        form.text("contact", most=200) or contact[:200],
        form.text("reason", most=LONGEST_REASON),
    )


async def _done(
    request: Request, step: Step, take: Callable[[Target, bool], Awaitable[None]]
) -> Response:
    number, tenant = request.path_params["number"], (await pack_of(doors.actor(request))).tenant
    try:
        try:
            await take(await order_at(tenant, number), True)
        except NotFound as none:
            if none.args[:1] != ("order",):
                raise
            await take(await request_at(tenant, number), False)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _home(request, Retry(form_of(request), said, step), status_code=422)
    return see_other(f"/forwarded?done={step}")


async def _home(
    request: Request, retry: Retry | None = None, *, status_code: int = 200
) -> Response:
    return staff_page(
        "procedure/forwarded",
        status_code=status_code,
        rows=await forwardings(doors.actor(request)),
        terms=[one for one in (await pack_of(doors.actor(request))).schemes if one.code == RECEIPT],
        retry=retry or Retry(),
        at=request.path_params.get("number", ""),
        done=request.query_params.get("done", "") in set(Step) and request.query_params["done"],
        short=short,
    )


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = await pack_for(view, by)
    return staff_page(
        "procedure/forwarding",
        status_code=status_code,
        case=view,
        outside=pack.acceptance.outside,
        may=(view.stage, Step.FORWARD) in ORDER_MOVES,
        retry=retry,
    )
