"""专项行动: campaigns with their funnel; orders laid under one and taken off."""

from collections.abc import Awaitable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import campaigns as lookup
from hotline.steps.campaign import (
    LONGEST_NAME,
    LONGEST_SOURCE,
    NewCampaign,
    gather,
    lay,
    open_campaign,
    take_off,
)
from webforms import doors
from webforms.doors import form_of
from webforms.referrals.desk import page_of
from webforms.render import see_other
from webforms.staff.choices import kind_choices
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import deadline
from webforms.submissions import Form
from webforms.visit import current

HOME: Final = "/campaigns"
TYPED: Final = ("name", "source", "from_on", "to_on", "kind", "order", "reward")


async def show(request: Request) -> Response:
    """Every campaign, and the form for a new one."""
    return await _home(request, Form())


async def begin(request: Request) -> Response:
    """A new one: to its page."""
    form, by = form_of(request), doors.actor(request)
    from_on, to_on = (form.day(name, need="reward.bad_day") for name in ("from_on", "to_on"))
    if from_on is None or to_on is None:
        return await _home(request, form, status_code=422)
    try:
        ask = NewCampaign(
            form.text("name", most=LONGEST_NAME),
            from_on,
            to_on,
            tuple(filter(None, [form.raw("kind")[:48]])),
            form.text("source", most=LONGEST_SOURCE),
            form.raw("reward")[:48],
        )
        number = await open_campaign(ask, by=by, now=current().now)
    except StepRefused as refused:
        form.problem("name", f"refused.{refused.key}", **refused.values)
    else:
        return see_other(f"{HOME}/{number}")
    return await _home(request, form, status_code=422)


async def one(request: Request) -> Response:
    """The funnel and the orders."""
    return await _one(request, Form())


async def gathering(request: Request) -> Response:
    """The orders of its days and kinds come under it."""
    number, by = request.path_params["number"], doors.actor(request)
    return await _taken(request, gather(number, by=by, now=current().now))


async def laying(request: Request) -> Response:
    """One order, by its number."""
    number, by = request.path_params["number"], doors.actor(request)
    order = form_of(request).text("order", most=40)
    return await _taken(request, lay(number, order, by=by, now=current().now))


async def taking_off(request: Request) -> Response:
    """One order is under it no longer."""
    number, by = request.path_params["number"], doors.actor(request)
    order = form_of(request).text("order", most=40)
    return await _taken(request, take_off(number, order, by=by, now=current().now))


async def _taken(request: Request, step: Awaitable[object]) -> Response:
    form = form_of(request)
    try:
        await step
    except StepRefused as refused:
        form.problem("order", f"refused.{refused.key}", **refused.values)
        return await _one(request, form, status_code=422)
    return see_other(f"{HOME}/{request.path_params['number']}?done=campaign")


async def _home(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    pack = await pack_of(by)
    return staff_page(
        "referrals/campaigns",
        status_code=status_code,
        problems=form.problems,
        typed={name: form.raw(name) for name in TYPED},
        campaigns=await lookup.campaigns(by, now),
        kinds=kind_choices(pack.lexicon),
        rewards=[one for one in pack.rewards if one.campaign],
        counted=lookup.COUNTED,
    )


async def _one(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now, number = doors.actor(request), current().now, request.path_params["number"]
    page = page_of(request)
    return staff_page(
        "referrals/campaign",
        status_code=status_code,
        problems=form.problems,
        typed={name: form.raw(name) for name in TYPED},
        campaign=await lookup.campaign(by, number, now),
        orders=(found := await lookup.orders(by, number, now, page)),
        page=page,
        more=len(found) == lookup.PAGE,
        counted=lookup.COUNTED,
        done=request.query_params.get("done") == "campaign",
        deadline=deadline,
    )
