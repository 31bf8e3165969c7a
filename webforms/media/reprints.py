"""转载分开: a reprint that is no reprint becomes a clue of its own, told apart by a person."""

from dataclasses import asdict, replace

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups.clues import reprint
from hotline.steps.clue import keep_clue, separate_clue
from hotline.steps.numbers import fresh_code
from hotline.steps.register import register
from hotline.steps.transition import Target
from webforms import doors
from webforms.media.clue import Typed, delivery_of, read_clue, read_report
from webforms.render import see_other
from webforms.staff.frame import pack_of
from webforms.staff.typed import typed_of
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge


async def separation(request: Request) -> Response:
    """Registered as it was typed; it joins no matter by itself. The draft's id keeps it one."""
    by, now = doors.actor(request), current().now
    handle, number = request.path_params["handle"], request.path_params["number"]
    found, held = await reprint(handle, number, by)
    typed = typed_of(Typed, held)
    form = Form(fields={name: [value] for name, value in asdict(typed).items()})
    pack, clue = await pack_of(by), read_clue(form)
    report = await read_report(form, pack, clue, fresh_code())
    if report is None:
        raise StepRefused("reprint.unreadable")
    own = replace(report, story=replace(report.story, apart="yes"))
    receipt = await register(own, delivery_of(typed, found.id), by=by, now=now)
    await keep_clue(pack.tenant, receipt.request_id, clue)
    first = Target(pack.tenant, found.clue_id)
    await separate_clue(first, found.id, receipt.request_id, by=by, now=now)
    nudge(INTAKE)
    return see_other("/media?saved=1")
