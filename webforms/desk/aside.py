"""办理中的申请: a step taken from a page of its own beside the order."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import Stale, StepRefused
from hotline.rules.terms import Step
from hotline.steps.at import order_at
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of
from webforms.submissions import Problem


class Shown(Protocol):
    """The page again, with what was typed and what stands in the way."""

    def __call__(
        self, request: Request, retry: Retry, *, status_code: int = 200
    ) -> Awaitable[Response]: ...


async def taken(
    request: Request, step: Step, take: Callable[[Target], Awaitable[None]], page: Shown
) -> Response:
    """Back to the order when it was done."""
    form, number = form_of(request), request.path_params["number"]
    if form.problems:  # what was read for it is not clear: nothing is done by half
        wrong = next(iter(form.problems.values()))
        return await page(request, Retry(form, wrong, step), status_code=422)
    tenant = (await pack_of(doors.actor(request))).tenant
    try:
        await take(await order_at(tenant, number, form.version()))
    except Stale as stale:
        return await page(request, Retry(form, step=step, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await page(request, Retry(form, said, step), status_code=422)
    return see_other(f"/desk/orders/{number}?done={step}")
