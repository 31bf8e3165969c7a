"""保密审批: a custodian reads who asks and why, and agrees or not; no report and no identity."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.custody import ask_at, asks
from hotline.steps.deny_identity import deny_identity
from hotline.steps.grant_identity import grant_identity
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.submissions import Problem
from webforms.visit import current


async def home(request: Request) -> Response:
    """What waits, and what was decided."""
    return await _page(request)


async def grant(request: Request) -> Response:
    """准予查看身份."""
    by, now = doors.actor(request), current().now
    tenant, ask = (await pack_of(by)).tenant, ask_at(request.path_params["handle"])
    return await _taken(request, grant_identity(tenant, ask, by=by, now=now))


async def denial(request: Request) -> Response:
    """不准查看身份, with the reason."""
    by, now = doors.actor(request), current().now
    tenant, ask = (await pack_of(by)).tenant, ask_at(request.path_params["handle"])
    why = form_of(request).text("reason", most=1000)
    return await _taken(request, deny_identity(tenant, ask, why, by=by, now=now))


async def _taken(request: Request, step: Awaitable[None]) -> Response:
    try:
        await step
    except StepRefused as refused:
        return await _page(request, Problem(f"refused.{refused.key}", refused.values))
    return see_other("/custody")


async def _page(request: Request, refused: Problem | None = None) -> Response:
    by = doors.actor(request)
    pack = await pack_of(by)
    return staff_page(
        "protection/custody",
        status_code=422 if refused else 200,
        waiting=await asks(by, decided=False),
        decided=await asks(by, decided=True),
        hours=pack.protection.custody.hours if pack.protection.custody else 0,
        refused=refused,
    )
