"""A4 回访: the list of whom to ask, one reporter at a time, and who wants a 重办."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import Stale, StepRefused
from hotline.lookups.follow_ups import due, follow_up_of, wanted
from hotline.rules.following_up import Asked
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from hotline.steps.follow_up import LONGEST, Rating
from hotline.steps.transition import Target
from hotline.steps.try_follow_up import Attempt, try_follow_up
from webforms import doors
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem
from webforms.visit import current

SCORES: Final = ("5", "4", "3", "2", "1")


async def home(request: Request) -> Response:
    """Whom to ask, and whose wish for a 重办 waits."""
    by = doors.actor(request)
    asks = any(by.may(role) for role in ROLES[Step.TRY_FOLLOW_UP])
    grants = any(by.may(role) for role in ROLES[Step.REDO])
    return staff_page(
        "procedure/follow_ups",
        due=await due(by, await pack_of(by)) if asks else (),
        wanted=await wanted(by) if grants else (),
        asks=asks,
        grants=grants,
        done=request.query_params.get("done", ""),
        short=short,
    )


async def show(request: Request) -> Response:
    """One reporter: what was answered, what was tried."""
    return await _page(request, Retry())


async def attempt(request: Request) -> Response:
    """回访尝试; with the rating where somebody was reached."""
    form, by = form_of(request), doors.actor(request)
    found = await follow_up_of(by, request.path_params["number"])
    ask = _read(form)
    if ask is None:
        return await _page(request, Retry(form), status_code=422)
    try:
        target = Target(found.tenant_id, found.id, form.version())
        await try_follow_up(target, ask, by=by, now=current().now)
    except Stale as stale:
        return await _page(request, Retry(form, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, Retry(form, said), status_code=422)
    return see_other(f"/follow-ups?done={ask.result}")


def _read(form: Form) -> Attempt | None:
    result = form.choice("result", set(Asked), need="follow.need_result")
    rating = None
    if result == Asked.REACHED:
        score = form.choice("score", SCORES, need="rate.need_score")
        solved = form.choice("solved", ("yes", "no"), need="rate.need_solved")
        if not form.problems:
            said = form.text("comment", most=LONGEST)
            rating = Rating(int(score), solved == "yes", form.ticked("wants_redo"), said)
    note = form.text("note", most=LONGEST)
    return None if form.problems else Attempt(Asked(result), note, rating)


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    return staff_page(
        "procedure/follow_up",
        status_code=status_code,
        found=await follow_up_of(doors.actor(request), request.path_params["number"]),
        results=[one.value for one in Asked],
        scores=SCORES,
        retry=retry,
        problems=retry.form.problems,
        short=short,
    )
