"""领取核验: number, code and secret, or a name and a code that is sent; all else looks alike."""

import asyncio
import time
from datetime import timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.policy.store import NATIONAL
from hotline.rules.numbering import clean_code, clean_number
from hotline.rules.secret_words import slip, words_in
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.claim_code import ask_code, proved_by_code
from hotline.steps.prove_claim import Claimant, proved
from webforms import cookies
from webforms.citizen.progress import LONGEST_NUMBER
from webforms.claims.claimant import open_claim, shown
from webforms.doors import form_of
from webforms.render import page, see_other
from webforms.submissions import Form
from webforms.visit import address, current
from workers.queues import DELIVERY, nudge

OF_BOTH: Final = Limit(5, timedelta(minutes=15))  # an address for a number
OF_A_NUMBER: Final = Limit(50, timedelta(minutes=15))
OF_AN_ADDRESS: Final = Limit(30, timedelta(minutes=15))
CODES: Final = Limit(3, timedelta(hours=1))  # nobody's telephone rings all day
TAKES: Final = 0.4  # seconds to ask for a code, whether one is sent or not
HOME: Final = "/reward/claim"
PAYEE: Final = "/reward/claim/payee"


async def ask(request: Request) -> Response:
    """Both ways; whoever was proved goes on."""
    return see_other(PAYEE) if shown(request) else _page(Form(), {})


async def look(request: Request) -> Response:
    """By number, query code and secret."""
    form = form_of(request)
    number, code = _number(form), clean_code(form.raw("code"))
    if code is None:
        form.problem("code", "progress.need_code")
    words = words_in(form.raw("secret"))
    key, at = slip(words)
    if key:
        form.problem("secret", f"claim.{key}", at=at)
    if form.problems or code is None:
        return _page(form, {"number": number}, status_code=422)
    await _count("secret", number)
    try:
        return _opened(await proved(number, code, "".join(words)))
    except NotFound:
        form.problem("number", "claim.not_found")
        return _page(form, {"number": number}, status_code=422)


async def send_code(request: Request) -> Response:
    """By the name that was given: one answer, whoever asks."""
    form, done = form_of(request), time.monotonic() + TAKES
    number = _number(form, "named_number")
    name = form.text("name", most=60, need="claim.need_name")
    if form.problems:
        return _page(form, {"named_number": number}, status_code=422)
    await _count("code_asked", number)
    await count_attempt(Bucket(NATIONAL, "claim.code_sent", number), CODES, current().now)
    await ask_code(number, name, current().now)
    nudge(DELIVERY)
    await asyncio.sleep(max(0.0, done - time.monotonic()))
    return _verify(Form(), number)


async def verify(request: Request) -> Response:
    """By the code that came."""
    form = form_of(request)
    number = _number(form)
    code = form.text("sent_code", most=20, need="claim.need_sent_code").replace(" ", "")
    if form.problems:
        return _verify(form, number, status_code=422)
    await _count("code", number)
    try:
        return _opened(await proved_by_code(number, code, current().now))
    except NotFound:
        form.problem("sent_code", "claim.code_not_found")
        return _verify(form, number, status_code=422)


async def leave(request: Request) -> Response:
    """Close it on this device."""
    del request
    response = see_other(HOME)
    cookies.drop(response, cookies.CLAIM)
    return response


def _opened(claimant: Claimant) -> Response:
    response = see_other(PAYEE)
    open_claim(response, claimant)
    return response


def _number(form: Form, name: str = "number") -> str:
    typed = form.text(name, most=LONGEST_NUMBER, need="progress.need_number")
    return clean_number(typed) or typed


async def _count(what: str, number: str) -> None:
    now = current().now
    for kind, who, limit in (
        ("address", address(), OF_AN_ADDRESS),
        ("both", f"{number} {address()}", OF_BOTH),
        ("number", number, OF_A_NUMBER),
    ):
        await count_attempt(Bucket(NATIONAL, f"claim.{what}.{kind}", who), limit, now)


def _page(form: Form, typed: dict[str, Any], *, status_code: int = 200) -> Response:
    stands = {"number": "", "named_number": "", **typed}
    return page("claims/prove", status_code=status_code, problems=form.problems, typed=stands)


def _verify(form: Form, number: str, *, status_code: int = 200) -> Response:
    return page("claims/verify", status_code=status_code, problems=form.problems, number=number)
