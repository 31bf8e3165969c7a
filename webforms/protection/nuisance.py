"""滋扰认定: proposed on a report, agreed to by another person; slows the form and nothing else."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups.nuisance import nuisance_at, nuisances
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from hotline.steps.at import request_at
from hotline.steps.confirm_nuisance import confirm_nuisance
from hotline.steps.lift_nuisance import lift_nuisance
from hotline.steps.mark_nuisance import mark_nuisance
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.submissions import Problem
from webforms.visit import current


async def home(request: Request) -> Response:
    """What waits, what is in force, and the form to propose one."""
    return await _page(request)


async def propose(request: Request) -> Response:
    """滋扰认定."""
    by, form = doors.actor(request), form_of(request)
    why = form.text("reason", most=1000)
    try:
        target = await request_at((await pack_of(by)).tenant, form.raw("number")[:40])
        return await _taken(request, mark_nuisance(target, why, by=by, now=current().now))
    except NotFound:  # one answer for what is not there and what is not theirs
        return await _page(request, Problem("refused.nuisance.no_report"))


async def confirmation(request: Request) -> Response:
    """滋扰认定生效."""
    by, one = doors.actor(request), nuisance_at(request.path_params["handle"])
    tenant = (await pack_of(by)).tenant
    return await _taken(request, confirm_nuisance(tenant, one, by=by, now=current().now))


async def lifting(request: Request) -> Response:
    """滋扰认定撤销."""
    by, one = doors.actor(request), nuisance_at(request.path_params["handle"])
    tenant, why = (await pack_of(by)).tenant, form_of(request).text("reason", most=1000)
    return await _taken(request, lift_nuisance(tenant, one, why, by=by, now=current().now))


async def _taken(request: Request, step: Awaitable[None]) -> Response:
    try:
        await step
    except StepRefused as refused:
        return await _page(request, Problem(f"refused.{refused.key}", refused.values))
    return see_other("/nuisance")


async def _page(request: Request, refused: Problem | None = None) -> Response:
    by = doors.actor(request)
    return staff_page(
        "protection/nuisance",
        status_code=422 if refused else 200,
        found=await nuisances(by, current().now),
        may_confirm=any(by.may(role) for role in ROLES[Step.CONFIRM_NUISANCE]),
        typed=form_of(request).raw("number") if request.method == "POST" else "",
        refused=refused,
    )
