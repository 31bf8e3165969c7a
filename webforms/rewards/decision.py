"""R2 奖励事项: the facts, each line of the computation, and what this person may do with it."""

from collections.abc import Awaitable
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import rewards as lookup
from hotline.lookups.rewards import RewardView
from hotline.rules.payee import Honour
from hotline.rules.reward import Penalty
from hotline.rules.terms import Step
from hotline.steps.approve_reward import approve
from hotline.steps.propose_reward import Established, propose
from hotline.steps.refuse_reward import refuse
from hotline.steps.review_reward import review
from hotline.steps.revoke_reward import revoke
from hotline.steps.reward_case import Asked
from webforms import doors
from webforms.doors import form_of
from webforms.money import yuan
from webforms.render import see_other
from webforms.rewards.money import fen_of, line_words
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.visit import current

DONE: Final = (
    *("opened", "proposed", "reviewed", "approved", "refused", "revoked"),
    *("changed", "kept", "clawed_back", "recovered", "honoured"),
)
YES_NO: Final = {"yes": True, "no": False}


async def show(request: Request) -> Response:
    """Neither the report nor the reporter is on this page."""
    return await case_page(request, Form())


async def proposal(request: Request) -> Response:
    """The facts as established; computed anew."""
    form = form_of(request)
    said = _established(form)
    if form.problems:
        return await case_page(request, form, status_code=422)
    step = propose(asked_of(request, form), said, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "proposed")


async def reviewing(request: Request) -> Response:
    """By a second person."""
    form = form_of(request)
    step = review(asked_of(request, form), by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "reviewed")


async def approval(request: Request) -> Response:
    """By a third."""
    form = form_of(request)
    step = approve(asked_of(request, form), by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "approved")


async def refusal(request: Request) -> Response:
    """Nothing is due, with the reason."""
    form = form_of(request)
    why = form.text("why", most=400)
    step = refuse(asked_of(request, form), why, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "refused")


async def revocation(request: Request) -> Response:
    """What it was approved on has changed."""
    form = form_of(request)
    why = form.text("why", most=400)
    step = revoke(asked_of(request, form), why, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "revoked")


def asked_of(request: Request, form: Form) -> Asked:
    """Which case, as this person saw it."""
    return Asked(request.path_params["number"], form.version())


async def taken(request: Request, form: Form, step: Awaitable[object], done: str) -> Response:
    """The step, and the page again."""
    try:
        await step
    except StepRefused as refused:
        form.problem("step", f"refused.{refused.key}", **refused.values)
        return await case_page(request, form, status_code=422)
    return see_other(f"/rewards/cases/{request.path_params['number']}?done={done}")


def _established(form: Form) -> Established:
    fine, daily, on = fen_of(form, "fine"), fen_of(form, "daily"), day_of(form, "penalty_on")
    known = fine is not None or on is not None
    return Established(
        tier=form.text("tier", most=40),
        kind=form.text("kind", most=40),
        penalty_number=form.text("penalty_number", most=80),
        penalty=Penalty(fine, on, daily) if known else None,
        criminal_transfer=form.ticked("criminal_transfer"),
        statutory_max_fen=fen_of(form, "statutory_max"),
        campaign=form.text("campaign", most=48),
        campaign_why=form.text("campaign_why", most=400),
        first_public_at=day_of(form, "first_public_at"),
        insider=YES_NO.get(form.raw("insider")),
        sum_fen=fen_of(form, "sum"),
        reason=form.text("reason", most=400),
    )


def day_of(form: Form, name: str) -> date | None:
    """A day as typed; a problem when it is none."""
    return form.day(name, wrong="reward.bad_day")


async def case_page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    """The case as it stands, with what was typed."""
    view = await lookup.reward(doors.actor(request), request.path_params["number"])
    done = request.query_params.get("done", "")
    typed = {name: form.raw(name) for name in _stands(view)} if form.fields else _stands(view)
    return staff_page(
        "rewards/case",
        status_code=status_code,
        problems=form.problems,
        case=view,
        typed=typed,
        done=done if done in DONE else "",
        may={step.value for step in view.may},
        fields=Step.PROPOSE_REWARD in view.may,
        words=line_words,
        yuan=yuan,
        honours=list(Honour),
    )


def _stands(view: RewardView) -> dict[str, Any]:
    """The stored facts as the form shows them."""
    facts, penalty = view.facts, view.facts.get("penalty") or {}
    sums = {
        "fine": penalty.get("fine_fen"),
        "daily": penalty.get("daily_fen"),
        "statutory_max": facts.get("statutory_max_fen"),
        "sum": view.sum_fen if view.min_fen != view.max_fen else None,
    }
    said = ("tier", "kind", "penalty_number", "first_public_at")
    why = facts.get("campaign_why") or ""
    return {
        **{name: facts.get(name) or "" for name in said},
        **{name: yuan(fen) for name, fen in sums.items()},
        "penalty_on": penalty.get("on") or "",
        "criminal_transfer": facts.get("criminal_transfer") or "",
        "insider": "",
        "reason": view.reason,
        "campaign": facts.get("campaign") or ("" if why else view.labelled),
        "campaign_why": why,
    }
