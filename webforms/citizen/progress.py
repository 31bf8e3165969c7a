"""进度查询: number and code open one report for half an hour; wrong and unknown look alike."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.lookups import progress as lookup
from hotline.lookups.own_reward import own_reward
from hotline.lookups.turns import turns
from hotline.policy.store import NATIONAL
from hotline.rules.numbering import clean_code, clean_number
from hotline.steps.attach import MOST
from hotline.steps.attempt import Bucket, Limit, count_attempt
from webforms import cookies
from webforms.doors import form_of
from webforms.money import stands_in_words
from webforms.render import page, see_other
from webforms.submissions import Form
from webforms.visit import address, current

OPEN_FOR: Final = 30 * 60  # seconds
OF_BOTH: Final = Limit(10, timedelta(minutes=15))  # an address for a number
# from all addresses together: whoever knows the number must not shut its reporter out
OF_A_NUMBER: Final = Limit(100, timedelta(minutes=15))
OF_AN_ADDRESS: Final = Limit(60, timedelta(minutes=15))  # many share one at a phone company
LONGEST_NUMBER: Final = 40


async def ask(request: Request) -> Response:
    """The form; whoever has opened a report goes straight to it."""
    if shown(request):
        return see_other("/progress/report")
    return _form(Form(), "")


async def look(request: Request) -> Response:
    """Try number and code; every try counts."""
    form = form_of(request)
    typed = form.text("number", most=LONGEST_NUMBER, need="progress.need_number")
    code = clean_code(form.raw("code"))
    if code is None:
        form.problem("code", "progress.need_code")
    if form.problems or code is None:
        return _form(form, typed, status_code=422)
    number = clean_number(typed) or typed
    await _count(number)
    try:
        await lookup.progress(number, code)
    except NotFound:
        form.problem("number", "progress.not_found")
        return _form(form, typed, status_code=422)
    response = see_other("/progress/report")
    open_report(response, number, code)
    return response


async def show(request: Request) -> Response:
    """The report that was opened."""
    found = await opened(request)
    if found is None:
        return see_other("/progress")
    return await report_page(found, Form())


async def report_page(found: lookup.Progress, form: Form, *, status_code: int = 200) -> Response:
    """The way of the report, with what was typed into its forms."""
    told = ("score", "solved", "comment", "wants_redo")
    names = (*told, "facts", "petition", "message", "card")
    sent = {name: form.raw(name) for name in names}
    return page(
        "citizen/progress",
        status_code=status_code,
        found=found,
        problems=form.problems,
        form=sent,
        files=await attachment.of_request(found.tenant_id, found.request_id),
        most=MOST,
        said=(await turns(found.tenant_id, [found.request_id]))[found.request_id],
        reward=(reward := await own_reward(found.tenant_id, found.request_id, current().now)),
        reward_words=stands_in_words(reward) if reward.secret else "",
    )


async def leave(request: Request) -> Response:
    """Close it on this device."""
    del request
    response = see_other("/progress")
    cookies.drop(response, cookies.PROGRESS)
    return response


async def opened(request: Request) -> lookup.Progress | None:
    """The report that the reader's cookie opens, proved anew each time."""
    held = shown(request)
    if not held:
        return None
    try:
        return await lookup.progress(held["number"], held["code"])
    except NotFound:
        return None


def open_report(response: Response, number: str, code: str) -> None:
    """Remember number and code, sealed, for half an hour."""
    value = cookies.sealed({"number": number, "code": code})
    cookies.put(response, cookies.PROGRESS, value, seconds=OPEN_FOR, secure=current().secure)


def shown(request: Request) -> dict[str, str]:
    """Number and code as the cookie holds them; empty when nothing is open."""
    return cookies.unsealed(request.cookies.get(cookies.PROGRESS, ""), seconds=OPEN_FOR)


async def _count(number: str) -> None:
    now = current().now
    await count_attempt(Bucket(NATIONAL, "query_code.address", address()), OF_AN_ADDRESS, now)
    both = f"{number} {address()}"
    await count_attempt(Bucket(NATIONAL, "query_code.both", both), OF_BOTH, now)
    await count_attempt(Bucket(NATIONAL, "query_code.number", number), OF_A_NUMBER, now)


def _form(form: Form, number: str, *, status_code: int = 200) -> Response:
    return page(
        "citizen/progress_form", status_code=status_code, problems=form.problems, number=number
    )
