"""M1: the list of clues, each with its reprints, and the form for a new one with screenshots."""

from dataclasses import asdict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import attachment
from hotline.lookups.clues import First, Telling, clues, first_of
from hotline.policy.pack import Pack
from hotline.steps.attach import MOST, Holder
from hotline.steps.clue import Printing, fold_clue, keep_clue
from hotline.steps.register import register
from hotline.steps.transition import Target
from webforms import doors
from webforms.doors import form_of
from webforms.media.clue import Typed, delivery_of, read_clue, read_report
from webforms.render import see_other
from webforms.staff.choices import place_words
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.scans import Scans
from webforms.staff.when import short
from webforms.staff.writing import Writing, offered
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

CLUES: Final = Writing("media", "/media", "/media/clues", Typed)

begin, keep, discard = CLUES.begin, CLUES.kept, CLUES.discard


async def home(request: Request) -> Response:
    """Drafts, and what was entered lately."""
    by = doors.actor(request)
    pack = await pack_of(by)
    return staff_page(
        "media/home",
        drafts=await (await CLUES.shelf(request)).begun(),
        clues=await clues(by),
        saved=request.query_params.get("saved", ""),
        folded=request.query_params.get("into", ""),
        place=lambda one: place_words(pack, one.county, one.township),
        short=short,
    )


async def show(request: Request) -> Response:
    """The form, with what is typed so far."""
    pack, view = await CLUES.opened(request)
    if view.is_sent:
        return see_other("/media")
    return await _page(request, pack, CLUES.typed_of(view), Form())


async def save(request: Request) -> Response:
    """登记 as a report of its own channel; a story that is known already is folded into it."""
    pack, view = await CLUES.opened(request)
    if view.is_sent:
        return see_other("/media?saved=1")
    form, typed = form_of(request), CLUES.typed_in(request)
    await CLUES.keep(request)
    await SCANS.take(form, Holder(pack.tenant, draft_id=view.id))
    clue = read_clue(form)
    report = await read_report(form, pack, clue, view.answers["code"])
    if report is None:
        return await _page(request, pack, typed, form, status_code=422)
    by, now = doors.actor(request), current().now
    telling = Telling(report.county or "", clue.headline, report.story.text)
    if first := await first_of(telling, by, now):
        return await _fold(request, first, Printing(view.id, clue, asdict(typed)))
    receipt = await register(report, delivery_of(typed, view.id), by=by, now=now)
    await keep_clue(report.tenant_id, receipt.request_id, clue)
    nudge(INTAKE)
    await _finish(request, First(receipt.request_id, receipt.number))
    return see_other("/media?saved=1")


async def _fold(request: Request, first: First, printing: Printing) -> Response:
    """No report and no order of its own; the list says where it went."""
    by, now = doors.actor(request), current().now
    target = Target((await pack_of(by)).tenant, first.id)
    await fold_clue(target, printing, by=by, now=now)
    await _finish(request, first)
    return see_other(f"/media?into={first.number}")


async def _finish(request: Request, kept: First) -> None:
    shelf = await CLUES.shelf(request)
    await shelf.finish(request.path_params["ref"], {"number": kept.number}, kept.id)


async def _page(
    request: Request, pack: Pack, typed: Typed, form: Form, *, status_code: int = 200
) -> Response:
    _, view = await CLUES.opened(request)
    return staff_page(
        "media/clue",
        status_code=status_code,
        base=CLUES.path(request),
        typed=typed,
        problems=form.problems,
        pictures=await attachment.of_draft(pack.tenant, view.id),
        most=MOST,
        **offered(pack, typed.county),
    )


SCANS: Final = Scans(CLUES, _page)
add_pictures, drop_picture, picture = SCANS.add, SCANS.drop, SCANS.show
