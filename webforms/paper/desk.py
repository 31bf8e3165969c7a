"""来信来访登记: the list, the form with its scan, and the slip with number and code."""

from datetime import datetime, time
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import attachment, calls
from hotline.policy.pack import Pack
from hotline.rules.terms import Secrecy, Wish
from hotline.steps.attach import MOST, Holder
from hotline.steps.register import register
from webforms import doors
from webforms.dates import CHINA
from webforms.doors import form_of
from webforms.paper.paper import CHANNELS, SPEAKERS, Typed, channel_of, delivery_of, read_paper
from webforms.render import see_other
from webforms.staff.choices import place_words
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.scans import Scans
from webforms.staff.when import short
from webforms.staff.writing import Writing, offered
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

PAPERS: Final = Writing("paper", "/papers", "/papers/entries", Typed)

begin, keep, discard = PAPERS.begin, PAPERS.kept, PAPERS.discard


async def home(request: Request) -> Response:
    """Drafts, and what this person entered today."""
    by = doors.actor(request)
    pack, now = await pack_of(by), current().now
    midnight = datetime.combine(now.astimezone(CHINA).date(), time(), CHINA)
    return staff_page(
        "paper/home",
        drafts=await (await PAPERS.shelf(request)).begun(),
        papers=await calls.registered(pack.tenant, channel_of(by.id), midnight),
        place=lambda county: place_words(pack, county, None),
        short=short,
    )


async def show(request: Request) -> Response:
    """The form, with what is typed so far."""
    pack, view = await PAPERS.opened(request)
    if view.is_sent:
        return see_other(f"{PAPERS.path(request)}/saved")
    return await _page(request, pack, PAPERS.typed_of(view), Form())


async def save(request: Request) -> Response:
    """登记 as a report of its own channel, its terms counted from the day it arrived."""
    pack, view = await PAPERS.opened(request)
    saved = f"{PAPERS.path(request)}/saved"
    if view.is_sent:
        return see_other(saved)
    form, typed = form_of(request), PAPERS.typed_in(request)
    by, now = doors.actor(request), current().now
    await PAPERS.keep(request)
    await SCANS.take(form, Holder(pack.tenant, draft_id=view.id))
    report = await read_paper(form, pack, view.answers["code"], now)
    if report is None:
        return await _page(request, pack, typed, form, status_code=422)
    receipt = await register(report, delivery_of(typed, view.id, by.id), by=by, now=now)
    told = {"number": receipt.number, "code": receipt.code}
    shelf = await PAPERS.shelf(request)
    await shelf.finish(request.path_params["ref"], told, receipt.request_id)
    nudge(INTAKE)
    return see_other(saved)


async def saved(request: Request) -> Response:
    """The slip: number and code, to print and to hand over or to post."""
    pack, view = await PAPERS.opened(request)
    if not view.is_sent:
        return see_other(PAPERS.path(request))
    return staff_page("paper/saved", receipt=view.answers, authority=pack.authority)


async def _page(
    request: Request, pack: Pack, typed: Typed, form: Form, *, status_code: int = 200
) -> Response:
    _, view = await PAPERS.opened(request)
    return staff_page(
        "paper/entry",
        status_code=status_code,
        base=PAPERS.path(request),
        typed=typed,
        problems=form.problems,
        pictures=await attachment.of_draft(pack.tenant, view.id),
        most=MOST,
        channels=[channel.value for channel in CHANNELS],
        wishes=[wish.value for wish in Wish],
        secrecies=[secrecy.value for secrecy in Secrecy],
        speakers=SPEAKERS,
        **offered(pack, typed.county),
    )


SCANS: Final = Scans(PAPERS, _page)
add_pictures, drop_picture, picture = SCANS.add, SCANS.drop, SCANS.show
