"""The own account: made by a one-time link, its password changed by its owner."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, StepRefused
from hotline.lookups import staff as lookup
from hotline.lookups.account import waiting
from hotline.rules.accounts import password_of
from hotline.steps.change_password import NewPassword, change_password
from hotline.steps.enrol import accept_invite
from hotline.steps.sign_in import sign_in
from webforms import cookies, doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.sign_in import CODE, HOME, signed_in
from webforms.submissions import Form
from webforms.visit import current

FIELDS = {"password": "new"}  # what the core calls a field, and what the page calls it


async def password(request: Request) -> Response:
    """The form."""
    return _password_page(Form(), done=request.query_params.get("done") == "1")


async def change(request: Request) -> Response:
    """The old one, and the new one twice."""
    form = form_of(request)
    new = _new_password(form)
    ask = NewPassword(_typed(form, "old"), new, request.cookies.get(cookies.STAFF, ""))
    if not form.problems:
        try:
            await change_password(ask, doors.actor(request), current().now)
        except BadReport as fault:
            note_faults(form, fault)
        except StepRefused:
            form.problem("old", "staff.password_wrong")
    if form.problems:
        return _password_page(form, status_code=422)
    return see_other("/account/password?done=1")


async def invitation(request: Request) -> Response:
    """What the link makes; a used or old link says so."""
    return await _invitation_page(request, Form())


async def accept(request: Request) -> Response:
    """Name, login and password make the account, and sign it in."""
    form, token = form_of(request), request.path_params["token"]
    name, login = form.text("name", most=64), form.text("login", most=64)
    new = _new_password(form)
    if not form.problems:
        try:
            await accept_invite(token, login, name, new, current().now)
        except BadReport as fault:
            note_faults(form, fault)
    if form.problems:
        return await _invitation_page(request, form, status_code=422)
    token = await sign_in(login, new, current().now)
    return signed_in(token, CODE if await waiting(token, current().now) else HOME)


def note_faults(form: Form, fault: BadReport) -> None:
    """The core's word on each field, said at the field."""
    for name, key in fault.errors.items():
        form.problem(FIELDS.get(name, name), f"faults.{key}")


def _new_password(form: Form) -> str:
    new = _typed(form, "new")
    if new != _typed(form, "again"):
        form.problem("again", "staff.password_differs")
    return new


def _typed(form: Form, name: str) -> str:
    """A password as typed: no space is cut off."""
    return password_of(form.fields.get(name, [""])[0])


def _password_page(form: Form, *, done: bool = False, status_code: int = 200) -> Response:
    return staff_page("staff/password", status_code=status_code, problems=form.problems, done=done)


async def _invitation_page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    found = await lookup.invitation(request.path_params["token"], current().now)
    if found is None:
        return staff_page("staff/invitation_over", status_code=404)
    roles = "、".join(current().t(f"role.{role}") for role in sorted(found.roles))
    return staff_page(
        "staff/invitation",
        status_code=status_code,
        problems=form.problems,
        roles=roles,
        name=form.raw("name")[:64],
        login=form.raw("login")[:64] or found.login,
        fixed_login=bool(found.login),
    )
