"""A4: 待回拨, who missed us and is to be called back; 语音信箱, who left a message."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import call_backs as lookup
from hotline.rules.phone import Reached
from hotline.steps.call_back import call_back
from hotline.steps.take_call_back import take_call_back
from webforms import doors
from webforms.agent.desk import CALLS
from webforms.agent.ringing import taken
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current

LIST: Final = "/agent/call-backs"
LONGEST_NOTE: Final = 200


async def show(request: Request) -> Response:
    """Who is to be called back, the nearest term first."""
    by = doors.actor(request)
    waiting = await lookup.call_backs(by, current().now)
    counts = await lookup.counts(by)
    return staff_page("agent/call_backs", waiting=waiting, counts=counts, short=short)


async def take(request: Request) -> Response:
    """领取: the number is read by whoever has it in hand."""
    ref = request.path_params["call_back"]
    await take_call_back(ref, doors.actor(request), current().now)
    return see_other(f"{LIST}/{ref}")


async def one(request: Request) -> Response:
    """The number to dial, what to say, what was tried before."""
    return await _page(request, Form())


async def tried(request: Request) -> Response:
    """Reached: to a call of its own, the number filled in. Otherwise back to the list."""
    form, by, now = form_of(request), doors.actor(request), current().now
    result = form.choice("result", set(Reached), need="phone.need_result")
    note = form.text("note", most=LONGEST_NOTE)
    if form.problems:
        return await _page(request, form, status_code=422)
    ref = request.path_params["call_back"]
    held = await lookup.in_hand(by, ref, now)
    await call_back(ref, Reached(result), note, by, now)
    if result != Reached.REACHED:
        return see_other(LIST)
    shelf = await CALLS.shelf(request)
    draft = await shelf.begin()
    await shelf.keep(draft, {"phone": held.number})
    return see_other(f"{CALLS.base}/{draft}")


async def mailbox(request: Request) -> Response:
    """Messages that nobody has made anything of yet."""
    by = doors.actor(request)
    waiting = await lookup.mailbox(by, current().now)
    counts = await lookup.counts(by)
    return staff_page("agent/mailbox", waiting=waiting, counts=counts, short=short)


async def hear(request: Request) -> Response:
    """听取: to a call of its own, with the recording beside what is typed."""
    return see_other(f"{CALLS.base}/{(await taken(request)).draft_ref}")


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    held = await lookup.in_hand(
        doors.actor(request), request.path_params["call_back"], current().now
    )
    return staff_page(
        "agent/call_back",
        status_code=status_code,
        held=held,
        problems=form.problems,
        note=form.raw("note"),
        results=[one.value for one in Reached],
        short=short,
    )
