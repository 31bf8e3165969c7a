"""来电弹屏: what rings stands on every page of the agent's; taking it opens its own draft."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import phone
from hotline.steps.settle_call import settle_call
from hotline.steps.take_call import TakenCall, take_call
from hotline.steps.take_seat import leave_seat, take_seat
from webforms import doors
from webforms.agent.desk import CALLS
from webforms.attached import handed
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.visit import current


async def rings(request: Request) -> Response:
    """The calls that may be taken now; 304 while nothing changed. Never a number."""
    waiting = await phone.ringing(doors.actor(request), current().now)
    said = repr([(one.ref, one.mine) for one in waiting]).encode()
    mark = f'"{hashlib.sha256(said).hexdigest()[:20]}"'  # not of the page: its token grows old
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"etag": mark})
    part = staff_page("agent/parts/ringing", ringing=waiting)
    part.headers["etag"] = mark
    return part


async def pop(request: Request) -> Response:
    """What the phone system's own client opens: the call by its reference, never by a number."""
    asked = request.path_params
    call = await phone.by_reference(
        doors.actor(request), asked["line"], asked["reference"], current().now
    )
    return staff_page("agent/pop", ringing=[call] if call else ())


async def take(request: Request) -> Response:
    """接听: to the call's own draft, with the number filled in."""
    return see_other(f"{CALLS.base}/{(await taken(request)).draft_ref}")


async def taken(request: Request) -> TakenCall:
    """A call, or a message, becomes this agent's. NotFound, StepRefused."""
    by, now, shelf = doors.actor(request), current().now, await CALLS.shelf(request)
    fresh = await shelf.begin()
    try:
        call = await take_call(request.path_params["call"], fresh, by, now)
    except Exception:
        await shelf.discard(fresh)
        raise
    if call.draft_ref != fresh:
        await shelf.discard(fresh)
        return call
    await shelf.keep(fresh, {"phone": call.number, "call": call.ref})
    return call


async def sit(request: Request) -> Response:
    """坐席: where my calls ring."""
    form, by = form_of(request), doors.actor(request)
    if form.raw("extension"):
        await take_seat(form.raw("line"), form.raw("extension"), by, current().now)
    else:
        await leave_seat(by)
    return see_other(CALLS.home)


async def recording(request: Request) -> Response:
    """What was recorded of the call at hand, for whoever took it."""
    call = await phone.call_of_draft(doors.actor(request), request.path_params["ref"])
    for one in call.recordings if call else ():
        if call and one.handle == request.path_params["handle"]:
            return await handed(call.tenant_id, one)
    raise NotFound("attachment")


async def set_aside(request: Request) -> Response:
    """Nothing to register: the caller had hung up, or the message holds nothing."""
    by, ref = doors.actor(request), request.path_params["ref"]
    call = await phone.call_of_draft(by, ref)
    if call is not None:
        await settle_call(call.ref, None, by, current().now)
    return await CALLS.discard(request)
