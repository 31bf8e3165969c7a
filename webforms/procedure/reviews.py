"""复查、复核: what waits for the body above, the answer it is about, and its opinion."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import Stale, StepRefused
from hotline.lookups.reviews import ANSWERED_WITHIN, review_case, waiting
from hotline.rules.reviewing import RIGHTS, ReviewOutcome
from hotline.steps.review import Opinion, review
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem
from webforms.visit import current

LONGEST = 5000
TERMS = (*RIGHTS.values(), ANSWERED_WITHIN)


async def home(request: Request) -> Response:
    """Everything that waits, with whose turn it is."""
    return staff_page(
        "procedure/reviews",
        rows=await waiting(doors.actor(request)),
        terms=[one for one in (await pack_of(doors.actor(request))).schemes if one.code in TERMS],
        done=request.query_params.get("done", ""),
        short=short,
    )


async def show(request: Request) -> Response:
    """One, with the report, the answer and what is asked."""
    return await _page(request, Retry())


async def opinion(request: Request) -> Response:
    """复查、复核意见."""
    form, by = form_of(request), doors.actor(request)
    found = await review_case(by, request.path_params["number"])
    outcome = form.choice("outcome", set(ReviewOutcome), need="review.need_outcome")
    text = form.text("opinion", most=LONGEST, need="review.need_opinion")
    if form.problems:
        return await _page(request, Retry(form), status_code=422)
    try:
        target = Target(found.tenant_id, found.id, form.version())
        await review(target, Opinion(ReviewOutcome(outcome), text), by=by, now=current().now)
    except Stale as stale:
        return await _page(request, Retry(form, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, Retry(form, said), status_code=422)
    return see_other("/reviews?done=review")


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    return staff_page(
        "procedure/review",
        status_code=status_code,
        found=await review_case(doors.actor(request), request.path_params["number"]),
        outcomes=[one.value for one in ReviewOutcome],
        retry=retry,
        problems=retry.form.problems,
        short=short,
    )
