"""M2 and M3: one story judged, tied to its matters, told of, and answered in public."""

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.clue_case import clue_case
from hotline.steps.assess_clue import CREDIBILITY, Assessment, assess_clue
from hotline.steps.co_notify import co_notify
from hotline.steps.draft_answer import draft_answer
from hotline.steps.link_clue import link_clue, unlink_clue
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Problem
from webforms.visit import current


async def show(request: Request) -> Response:
    """The clue, its hours, its matters, what was said."""
    return await _page(request)


async def assessment(request: Request) -> Response:
    """可信, 待核实, 不予处理."""
    form = form_of(request)
    ask = Assessment(
        credibility=form.raw("credibility"),
        is_major=form.raw("major") == "yes",
        reason=form.text("reason", most=400),
    )
    number, by = request.path_params["number"], doors.actor(request)
    return await _taken(request, assess_clue(number, ask, by=by, now=current().now))


async def link(request: Request) -> Response:
    """Tied to one more matter."""
    order = form_of(request).text("order", most=40)
    number, by = request.path_params["number"], doors.actor(request)
    return await _taken(request, link_clue(number, order, by=by, now=current().now))


async def unlink(request: Request) -> Response:
    """Tied no longer."""
    order = form_of(request).raw("order")
    number, by = request.path_params["number"], doors.actor(request)
    return await _taken(request, unlink_clue(number, order, by=by, now=current().now))


async def co_notice(request: Request) -> Response:
    """The publicity department is told."""
    number, by = request.path_params["number"], doors.actor(request)
    return await _taken(request, co_notify(number, by=by, now=current().now))


async def response(request: Request) -> Response:
    """The answer is drafted, or the one that stands is shown."""
    number, by = request.path_params["number"], doors.actor(request)
    return see_other(f"/releases/{await draft_answer(number, by=by, now=current().now)}")


async def _taken(request: Request, step: Awaitable[None]) -> Response:
    try:
        await step
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, said, status_code=422)
    return see_other(f"/media/stories/{request.path_params['number']}?done=1")


async def _page(
    request: Request, refused: Problem | None = None, *, status_code: int = 200
) -> Response:
    by = doors.actor(request)
    return staff_page(
        "media/story",
        status_code=status_code,
        clue=await clue_case(by, request.path_params["number"], current().now),
        credibility=CREDIBILITY,
        refused=refused,
        done=bool(request.query_params.get("done")),
        short=short,
    )
