"""R1 奖励台: the cases by state, the year's budget, and a case opened by hand."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import rewards as lookup
from hotline.lookups.reward_budget import budget
from hotline.rules.clocks import SHANGHAI
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from hotline.steps.fund_rewards import fund
from hotline.steps.open_reward import open_by_hand
from webforms import doors
from webforms.doors import form_of
from webforms.money import yuan
from webforms.render import see_other
from webforms.rewards.money import fen_of
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current

HOME: Final = "/rewards"
DONE: Final = ("opened", "funded")
BEGINNERS: Final = ROLES[Step.PROPOSE_REWARD]
FUNDERS: Final = ROLES[Step.FUND_REWARDS]


async def show(request: Request) -> Response:
    """One state at a time."""
    return await _page(request, Form())


async def begin(request: Request) -> Response:
    """By the order's number."""
    form, by = form_of(request), doors.actor(request)
    try:
        number = await open_by_hand(form.text("order", most=40), by=by, now=current().now)
    except StepRefused as refused:
        form.problem("order", f"refused.{refused.key}", **refused.values)
    except NotFound:
        form.problem("order", "reward.no_order")
    else:
        return see_other(f"{HOME}/cases/{number}?done=opened")
    return await _page(request, form, status_code=422)


async def set_budget(request: Request) -> Response:
    """The whole of a year's budget."""
    form, by = form_of(request), doors.actor(request)
    fen, year = fen_of(form, "yuan"), form.version("year") or 0
    if fen is None:
        form.problem("yuan", "reward.bad_yuan")
        return await _page(request, form, status_code=422)
    try:
        await fund(year, fen, by=by, now=current().now)
    except StepRefused as refused:
        form.problem("yuan", f"refused.{refused.key}", **refused.values)
        return await _page(request, form, status_code=422)
    return see_other(f"{HOME}?done=funded")


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by = doors.actor(request)
    tab = request.query_params.get("tab", "proposed")
    done = request.query_params.get("done", "")
    year = current().now.astimezone(SHANGHAI).year
    return staff_page(
        "rewards/home",
        status_code=status_code,
        problems=form.problems,
        typed={name: form.raw(name) for name in ("order", "yuan", "year")},
        tab=(tab := tab if tab in lookup.TABS else "proposed"),
        tabs=list(lookup.TABS),
        counts=await lookup.counts(by),
        cases=await lookup.queue(by, tab),
        done=done if done in DONE else "",
        year=year,
        stands=_said(await budget(by, year)),
        may_begin=bool(by.roles & BEGINNERS),
        may_fund=bool(by.roles & FUNDERS),
        yuan=yuan,
        short=short,
    )


def _said(stands: dict[str, int]) -> dict[str, Any]:
    shown = ("whole", "committed", "paid", "receivable")
    return {name: yuan(stands[name]) for name in shown} | {"left": yuan(stands["budget"])}
