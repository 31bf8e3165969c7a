"""D1: one person: post with its history, sessions, second factor."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import BadReport, NotFound, Stale, StepRefused
from hotline.lookups import account as lookup
from hotline.lookups.staff import found_person
from hotline.rules.accounts import HELD
from hotline.steps.change_post import change_post
from hotline.steps.revoke import revoke
from hotline.steps.second_factor import reset_factor
from webforms import cookies, doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.account import note_faults
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.people import kinds_of, packs_below, read_post
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current


async def show(request: Request) -> Response:
    """Who this is, what they may do, and since when."""
    return await _page(request, Form())


async def post(request: Request) -> Response:
    """Another post from now on; 409 when somebody else changed it since the page was shown."""
    form, by, status = form_of(request), doors.actor(request), 422
    new = await read_post(form, await packs_below(by.jurisdiction))
    if not form.problems:
        login, seen = request.path_params["login"], form.version() or 0
        try:
            await change_post(login, new, by, current().now, seen)
        except BadReport as fault:
            note_faults(form, fault)
        except StepRefused as refused:
            form.problem("roles", f"refused.{refused.key}")
        except Stale:
            form.problem("roles", "person.stale")
            status = 409
    if form.problems:
        return await _page(request, form, status_code=status)
    return see_other(_path(request))


async def end_session(request: Request) -> Response:
    """One browser of this person is signed out."""
    form = form_of(request)
    await revoke(form.text("session", most=64), doors.actor(request), current().now)
    return see_other(_path(request))


async def without_factor(request: Request) -> Response:
    """The authenticator is lost: it is asked for no more."""
    await reset_factor(request.path_params["login"], doors.actor(request), current().now)
    return see_other(_path(request))


def _path(request: Request) -> str:
    return f"/people/{request.path_params['login']}"


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    below = await packs_below(by.jurisdiction)
    tenant = (await pack_of(by)).tenant
    found = await found_person(tenant, request.path_params["login"])
    if found is None or found.row.jurisdiction not in {one.code for one in below}:
        raise NotFound("staff")
    names = {one.code: one.name for pack in below for one in pack.departments}
    token = request.cookies.get(cookies.STAFF, "")
    return staff_page(
        "admin/person",
        status_code=status_code,
        problems=form.problems,
        form=form,
        person=found.row,
        jurisdictions=[(one.code, one.name) for one in below],
        names=names,
        kinds=kinds_of(below),
        roles=sorted(HELD),
        sessions=await lookup.sessions(tenant, found.id, now, token),
        factor=await lookup.factor(tenant, found.id),
        history=await lookup.staff_history(tenant, found.id),
        short=short,
    )
