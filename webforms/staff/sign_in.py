"""登录 and 退出: one answer for whatever was wrong, and back to where one came from."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused, TooMany
from hotline.lookups import staff as lookup
from hotline.lookups.account import waiting
from hotline.steps.sign_in import sign_in
from hotline.steps.sign_out import sign_out
from webforms import cookies
from webforms.access import SESSION_SECONDS, SIGN_IN, local_path
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.visit import address, current

HOME = "/staff"
CODE = "/sign-in/code"


async def show(request: Request) -> Response:
    """The form; whoever is signed in already goes on."""
    token = request.cookies.get(cookies.STAFF, "")
    following = local_path(request.query_params.get("next", ""), HOME)
    if token and await lookup.session(token, current().now):
        return see_other(following)
    return _page(Form(), following)


async def enter(request: Request) -> Response:
    """Login and password for a session."""
    form = form_of(request)
    login = form.text("login", most=64, need="staff.need_login")
    password = form.fields.get("password", [""])[0]
    following = local_path(form.raw("next"), HOME)
    if not password:
        form.problem("password", "staff.need_password")
    if form.problems:
        return _page(form, following, status_code=422)
    try:
        token = await sign_in(login, password, current().now, address())
    except StepRefused:
        form.problem("login", "staff.wrong")
        return _page(form, following, status_code=422)
    except TooMany as wait:
        form.problem("login", "staff.locked", minutes=-(-wait.retry_after // 60))
        return _page(form, following, status_code=429)
    await sign_out(request.cookies.get(cookies.STAFF, ""), current().now)  # whose it was before
    if await waiting(token, current().now):
        following = f"{CODE}?next={quote(following)}"
    return signed_in(token, following)


async def leave(request: Request) -> Response:
    """The session ends on the server too."""
    await sign_out(request.cookies.get(cookies.STAFF, ""), current().now)
    response = see_other(SIGN_IN)
    cookies.drop(response, cookies.STAFF)
    return response


def signed_in(token: str, following: str) -> Response:
    """On to the desk, with the session's cookie."""
    response = see_other(following)
    secure = current().secure
    cookies.put(response, cookies.STAFF, token, seconds=SESSION_SECONDS, secure=secure)
    return response


def _page(form: Form, following: str, *, status_code: int = 200) -> Response:
    return staff_page(
        "staff/sign_in",
        status_code=status_code,
        problems=form.problems,
        login=form.raw("login")[:64],
        next=following,
    )
