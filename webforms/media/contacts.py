"""媒体联系人: an address list of the press desk, with outlets that are offered when sending."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport
from hotline.lookups.press import press_contacts
from hotline.steps.press_contact import add_contact, drop_contact
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.visit import current


async def show(request: Request) -> Response:
    """By outlet."""
    return await _page(request, Form())


async def add(request: Request) -> Response:
    """One more."""
    form, by = form_of(request), doors.actor(request)
    told = [form.text(name, most=200) for name in ("outlet", "name", "reach")]
    try:
        await add_contact(*told, by=by, now=current().now)
    except BadReport as found:
        for name, key in found.errors.items():
            form.problem(name, key)
        return await _page(request, form, status_code=422)
    return see_other("/media/contacts")


async def drop(request: Request) -> Response:
    """Gone for good."""
    await drop_contact(request.path_params["handle"], by=doors.actor(request))
    return see_other("/media/contacts")


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    return staff_page(
        "media/contacts",
        status_code=status_code,
        contacts=await press_contacts(doors.actor(request)),
        typed={name: form.raw(name) for name in ("outlet", "name", "reach")},
        problems=form.problems,
    )
