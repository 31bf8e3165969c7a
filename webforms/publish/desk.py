"""公开审核: approve what another person proposed; take back what must not stay public."""

from collections.abc import Awaitable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.public_due import waiting
from hotline.lookups.publishing import listed
from hotline.steps.affirm import affirm
from hotline.steps.at import order_at
from hotline.steps.disclose import approve
from hotline.steps.retract import retract
from hotline.steps.withhold import withhold
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem
from webforms.visit import current

DONE: Final = ("approved", "retracted", "affirmed", "withheld")


async def home(request: Request) -> Response:
    """What waits for approval, and what is public."""
    return await _page(request)


async def approval(request: Request) -> Response:
    """From now on anybody may read it."""
    by, now = doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    kept = frozenset(int(one) for one in form_of(request).fields.get("kept", []) if one.isdecimal())
    return await _taken(request, approve(tenant, number, by=by, now=now, kept=kept), "approved")


async def retraction(request: Request) -> Response:
    """Taken back, with the reason."""
    by, now = doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    why = form_of(request).text("reason", most=400)
    return await _taken(request, retract(tenant, number, why, by=by, now=now), "retracted")


async def affirmation(request: Request) -> Response:
    """Looked at again after a parting: it stands as it is."""
    by, now = doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    why = form_of(request).text("reason", most=400)
    return await _taken(request, affirm(tenant, number, why, by=by, now=now), "affirmed")


async def withholding(request: Request) -> Response:
    """不予公开: the term of a result ends with a reason."""
    by, now = doors.actor(request), current().now
    order = await order_at((await pack_of(by)).tenant, request.path_params["number"])
    why = form_of(request).text("reason", most=400)
    return await _taken(request, withhold(order, why, by=by, now=now), "withheld")


async def _taken(request: Request, step: Awaitable[None], done: str) -> Response:
    try:
        await step
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, said, status_code=422)
    return see_other(f"/publish?done={done}")


async def _page(
    request: Request, refused: Problem | None = None, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    done = request.query_params.get("done", "")
    due, due_total = await waiting(by, current().now)
    return staff_page(
        "publish/home",
        status_code=status_code,
        proposed=await listed(by, "proposed"),
        published=await listed(by, "published"),
        due=due,
        due_total=due_total,
        refused=refused,
        done=done if done in DONE else "",
        short=short,
    )
