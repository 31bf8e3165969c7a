"""两步验证: the code beside the password, an authenticator set up, and the own sessions."""

from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused, TooMany
from hotline.lookups import account as lookup
from hotline.rules.actor import Actor
from hotline.rules.totp import address, as_text
from hotline.steps.revoke import revoke
from hotline.steps.second_factor import (
    Owner,
    confirm_factor,
    drop_factor,
    let_through,
    offer_factor,
    pass_factor,
)
from webforms import cookies, doors
from webforms.access import SIGN_IN, local_path
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.sign_in import HOME, signed_in
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current


async def ask(request: Request) -> Response:
    """The code of an authenticator; who has none and needs one sets it up here."""
    return await _asked(request, Form())


async def answer(request: Request) -> Response:
    """The right code opens the desk."""
    form, token = form_of(request), request.cookies.get(cookies.STAFF, "")
    now, code = current().now, form.text("code", most=40, need="factor.need_code")
    waits = await lookup.waiting(token, now)
    if waits is None:
        return see_other(HOME)
    if form.problems:
        return await _asked(request, form, status_code=422)
    try:
        if waits.has_factor:
            await pass_factor(token, code, now)
            return signed_in(token, local_path(form.raw("next"), HOME))
        told = await confirm_factor(Owner(waits.tenant_id, waits.staff_id), code, now)
        await let_through(token, now)
    except StepRefused:
        form.problem("code", "factor.wrong")
        return await _asked(request, form, status_code=422)
    except TooMany as wait:
        form.problem("code", "staff.locked", minutes=-(-wait.retry_after // 60))
        return await _asked(request, form, status_code=429)
    return staff_page("staff/recovery", codes=told, onward=HOME)


async def show(request: Request) -> Response:
    """The own authenticator and the own sessions."""
    return await _account(request, Form())


async def change(request: Request) -> Response:
    """Confirmed by a code, or taken away by one."""
    form, now = form_of(request), current().now
    owner = await _owner(doors.actor(request))
    code = form.text("code", most=40, need="factor.need_code")
    if form.problems:
        return await _account(request, form, status_code=422)
    try:
        if form.raw("act") == "drop":
            await drop_factor(owner, code, now)
            return see_other("/account/security")
        told = await confirm_factor(owner, code, now)
    except StepRefused:
        form.problem("code", "factor.wrong")
        return await _account(request, form, status_code=422)
    except TooMany as wait:
        form.problem("code", "staff.locked", minutes=-(-wait.retry_after // 60))
        return await _account(request, form, status_code=429)
    return staff_page("staff/recovery", codes=told, onward="/account/security")


async def end_session(request: Request) -> Response:
    """One of the own browsers is signed out."""
    form = form_of(request)
    await revoke(form.text("session", most=64), doors.actor(request), current().now)
    return see_other("/account/security")


async def _asked(request: Request, form: Form, *, status_code: int = 200) -> Response:
    waits = await lookup.waiting(request.cookies.get(cookies.STAFF, ""), current().now)
    if waits is None:
        return see_other(SIGN_IN)
    offered = {}
    if not waits.has_factor:
        offered = await _offer(Owner(waits.tenant_id, waits.staff_id), waits.login)
    following = form.raw("next") or request.query_params.get("next", "")
    return staff_page(
        "staff/code",
        status_code=status_code,
        problems=form.problems,
        next=local_path(following, HOME),
        **{"secret": "", **offered},
    )


async def _account(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    owner = await _owner(by)
    stands = await lookup.factor(owner.tenant_id, owner.id)
    offered = {} if stands else await _offer(owner, by.name)
    token = request.cookies.get(cookies.STAFF, "")
    return staff_page(
        "staff/security",
        status_code=status_code,
        problems=form.problems,
        factor=stands,
        sessions=await lookup.sessions(owner.tenant_id, owner.id, now, token),
        short=short,
        **{"secret": "", **offered},
    )


async def _offer(owner: Owner, login: str) -> dict[str, Any]:
    """The secret as a picture and as text."""
    secret = await offer_factor(owner, current().now)
    drawn = BytesIO()
    link = address(secret, current().t("site.name"), login)
    segno.make(link, micro=False).save(drawn, kind="svg", scale=4, xmldecl=False, svgns=True)
    return {"secret": as_text(secret), "picture": drawn.getvalue().decode()}


async def _owner(by: Actor) -> Owner:
    return Owner((await pack_of(by)).tenant, UUID(by.id))
