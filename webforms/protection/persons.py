"""删除个人信息: one person's reports, found by the number they gave, erased as the law lets."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.persons import PersonView, person
from hotline.rules.normalise import phone_digits
from hotline.rules.report import Contact
from hotline.steps.erase_person import Erased, erase_person
from hotline.steps.find_person import find_person
from webforms import doors
from webforms.doors import form_of
from webforms.staff.frame import pack_of, staff_page
from webforms.submissions import Form, Problem
from webforms.visit import current


async def home(request: Request) -> Response:
    """What is kept how long, and the form to look for one person."""
    return await _page(request)


async def search(request: Request) -> Response:
    """In the answer to a form alone: no address holds a number."""
    by, now, form = doors.actor(request), current().now, form_of(request)
    phone, why = form.text("phone", most=40), form.text("reason", most=400)
    if not phone_digits(phone):
        return await _page(request, refused=Problem("refused.erase.no_such_number"))
    try:
        await find_person(why, by=by, now=now)
    except StepRefused as refused:
        return await _page(request, refused=Problem(f"refused.{refused.key}", refused.values))
    return await _page(request, found=await person(by, phone, now))


async def erasure(request: Request) -> Response:
    """Whatever may go is gone: data keys destroyed, backups included."""
    by, now, form = doors.actor(request), current().now, form_of(request)
    phone, why = form.text("phone", most=40), form.text("reason", most=400)
    try:
        done = await erase_person(Contact(phone=phone), why, by=by, now=now)
    except StepRefused as refused:
        return await _page(request, refused=Problem(f"refused.{refused.key}", refused.values))
    return await _page(request, done=done)


async def _page(
    request: Request,
    *,
    found: PersonView | None = None,
    done: Erased | None = None,
    refused: Problem | None = None,
) -> Response:
    pack = await pack_of(doors.actor(request))
    typed = form_of(request) if request.method == "POST" else Form()
    return staff_page(
        "protection/persons",
        status_code=422 if refused else 200,
        found=found,
        done=done,
        refused=refused,
        phone=typed.raw("phone"),
        why=typed.raw("reason"),
        terms=pack.protection.retention,
        aside_days=pack.protection.aside_days,
    )
