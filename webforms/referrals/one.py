"""督办移送事项: one, with what may be done now; and its printed form (督办单)."""

from collections.abc import Awaitable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.referral import referral
from hotline.rules.terms import Finding, Step
from hotline.steps.addressing import LONGEST_NAME
from hotline.steps.approve_referral import approve_referral
from hotline.steps.close_referral import close_referral
from hotline.steps.deny_referral import deny_referral
from hotline.steps.merge_item import merge_item
from hotline.steps.proceed_referral import Entry, proceed_referral
from hotline.steps.referral import Asked
from hotline.steps.referral_words import LONGEST
from hotline.steps.reply_referral import Reply, reply_referral
from hotline.steps.send_referral import Sending, send_referral
from hotline.steps.withdraw_referral import withdraw_referral
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import deadline, short
from webforms.submissions import Form, whole
from webforms.visit import current

TYPED: Final = ("text", "outcome", "entry", "why", "named", "grounds", "order")


async def show(request: Request) -> Response:
    """Nothing of any report is on this page."""
    return await _page(request, Form())


async def printed(request: Request) -> Response:
    """督办单, 移送函: for paper and seal. Neither the report nor the reporter is on it."""
    by = doors.actor(request)
    view = await referral(by, request.path_params["number"], current().now)
    pack = await pack_of(by)
    return staff_page("referrals/print", one=view, house=pack.name, contact=pack.hotline)


async def approval(request: Request) -> Response:
    """By another person than whoever opened it."""
    step = approve_referral(_asked(request), by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.APPROVE_REFERRAL)


async def denial(request: Request) -> Response:
    """With the reasons."""
    why = form_of(request).text("why", most=1000)
    step = deny_referral(_asked(request), why, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.DENY_REFERRAL)


async def sending(request: Request) -> Response:
    """With its documents."""
    form = form_of(request)
    said = Sending(
        form.fields.get("papers", []),
        tuple(form.fields.get("to", ())),
        form.text("named", most=LONGEST_NAME),
        form.text("grounds", most=LONGEST),
        form.text("order", most=40),
    )
    step = send_referral(_asked(request), said, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.SEND_REFERRAL)


async def progress(request: Request) -> Response:
    """续报."""
    form = form_of(request)
    said = Entry(
        form.text("text", most=LONGEST), form.raw("entry")[:48], form.fields.get("papers", [])
    )
    step = proceed_referral(_asked(request), said, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.PROCEED_REFERRAL)


async def reply(request: Request) -> Response:
    """By the addressee, or put down for it."""
    form = form_of(request)
    said = Reply(
        form.text("text", most=LONGEST),
        form.raw("outcome")[:48],
        form.fields.get("papers", []),
        form.raw("finding")[:12],
        _counted(form),
    )
    step = reply_referral(_asked(request), said, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.REPLY_REFERRAL)


async def closure(request: Request) -> Response:
    """办结, 销号."""
    form = form_of(request)
    outcome, note = form.raw("outcome")[:48], form.text("why", most=1000)
    step = close_referral(
        _asked(request), outcome, note, by=doors.actor(request), now=current().now
    )
    return await _taken(request, step, Step.CLOSE_REFERRAL)


async def merging(request: Request) -> Response:
    """合并重复件, of an inspection."""
    into = form_of(request).text("into", most=64)
    step = merge_item(_asked(request), into, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.WITHDRAW_REFERRAL)


async def withdrawal(request: Request) -> Response:
    """With the reason."""
    why = form_of(request).text("why", most=1000)
    step = withdraw_referral(_asked(request), why, by=doors.actor(request), now=current().now)
    return await _taken(request, step, Step.WITHDRAW_REFERRAL)


def _counted(form: Form) -> dict[str, int]:
    """边督边改: each counted column that was filled in."""
    typed = {name[4:]: form.raw(name) for name in form.fields if name.startswith("col_")}
    read = {code: whole(text, digits=12) for code, text in typed.items() if text}
    if None in read.values():
        form.problem("step", "refused.inspection.columns")
    return {code: count for code, count in read.items() if count is not None}


def _asked(request: Request) -> Asked:
    return Asked(request.path_params["number"], form_of(request).version())


async def _taken(request: Request, step: Awaitable[None], done: Step) -> Response:
    form = form_of(request)
    try:
        await step
    except StepRefused as refused:
        form.problem("step", f"refused.{refused.key}", **refused.values)
        return await _page(request, form, status_code=422)
    return see_other(f"/referrals/{request.path_params['number']}?done={done}")


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    view = await referral(doors.actor(request), request.path_params["number"], current().now)
    done = request.query_params.get("done", "")
    return staff_page(
        "referrals/one",
        status_code=status_code,
        problems=form.problems,
        one=view,
        typed={name: form.raw(name) for name in TYPED},
        done=done if done in set(Step) else "",
        findings=[one.value for one in Finding],
        may={step.value for step in view.may},
        deadline=deadline,
        short=short,
    )
