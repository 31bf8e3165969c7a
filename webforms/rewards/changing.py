"""R2 afterwards: what has changed since the approval, what an approver makes of it, and honours."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.rules.payee import Honour
from hotline.rules.reward import Penalty
from hotline.steps.claw_back import claw_back, keep, recover
from hotline.steps.grant_honour import grant_honour
from hotline.steps.recount_reward import Changed, penalty_changed
from webforms import doors
from webforms.doors import form_of
from webforms.rewards.decision import asked_of, case_page, day_of, taken
from webforms.rewards.money import fen_of
from webforms.visit import current


async def change(request: Request) -> Response:
    """处罚变更或撤销: counted again."""
    form = form_of(request)
    fine, daily, on = fen_of(form, "new_fine"), fen_of(form, "new_daily"), day_of(form, "new_on")
    annulled = form.ticked("annulled")
    if not annulled and fine is None:
        form.problem("new_fine", "reward.bad_yuan")
    if form.problems:
        return await case_page(request, form, status_code=422)
    said = Changed(None if annulled else Penalty(fine, on, daily), form.text("why", most=400))
    step = penalty_changed(
        asked_of(request, form), said, by=doors.actor(request), now=current().now
    )
    return await taken(request, form, step, "changed")


async def keeping(request: Request) -> Response:
    """It stands."""
    form = form_of(request)
    why = form.text("why", most=400)
    step = keep(asked_of(request, form), why, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "kept")


async def clawing_back(request: Request) -> Response:
    """What was paid beyond what is due."""
    form = form_of(request)
    why = form.text("why", most=400)
    step = claw_back(asked_of(request, form), why, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "clawed_back")


async def recovery(request: Request) -> Response:
    """It has come back."""
    form = form_of(request)
    why = form.text("why", most=100)
    step = recover(asked_of(request, form), why, by=doors.actor(request), now=current().now)
    return await taken(request, form, step, "recovered")


async def honour(request: Request) -> Response:
    """荣誉, as far as the person agreed."""
    form = form_of(request)
    kind = form.choice("honour", [one.value for one in Honour], need="reward.need_honour")
    if form.problems:
        return await case_page(request, form, status_code=422)
    step = grant_honour(
        asked_of(request, form), Honour(kind), by=doors.actor(request), now=current().now
    )
    return await taken(request, form, step, "honoured")
