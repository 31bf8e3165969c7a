"""M1: the list of clues, each with its reprints, and the form for a new one with screenshots."""

from dataclasses import asdict
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import attachment
from hotline.lookups.clues import First, Telling, clues, first_of
from hotline.policy.pack import Pack
from hotline.rules.pictures import LARGEST_FILE
from hotline.steps.attach import MOST, Holder, attach, remove
from hotline.steps.clue import Printing, fold_clue, keep_clue
from hotline.steps.register import register
from hotline.steps.transition import Target
from webforms import doors
from webforms.doors import form_of
from webforms.media.clue import Typed, delivery_of, read_clue, read_report
from webforms.render import see_other
from webforms.staff.choices import place_words
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.staff.writing import Writing, offered
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

CLUES: Final = Writing("media", "/media", "/media/clues", Typed)

begin, discard = CLUES.begin, CLUES.discard


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


async def keep(request: Request) -> Response:
    """Keep what is typed, and look for the townships of the county."""
    await CLUES.keep(request)
    return see_other(CLUES.path(request))


async def add_pictures(request: Request) -> Response:
    """Screenshots; a refused file costs neither the text nor the others."""
    pack, view = await CLUES.opened(request)
    form = form_of(request)
    await CLUES.keep(request)
    if not view.is_sent:
        await _take(form, Holder(pack.tenant, draft_id=view.id))
    if form.problems:
        return await _page(request, pack, CLUES.typed_in(request), form, status_code=422)
    return see_other(CLUES.path(request))


async def drop_picture(request: Request) -> Response:
    """Take one screenshot back."""
    pack, view = await CLUES.opened(request)
    chosen = attachment.named(
        await attachment.of_draft(pack.tenant, view.id), request.path_params["handle"]
    )
    await remove(Holder(pack.tenant, draft_id=view.id), chosen.id, current().now)
    return see_other(CLUES.path(request))


async def picture(request: Request) -> Response:
    """The copy of a staged screenshot, for its owner alone."""
    pack, view = await CLUES.opened(request)
    chosen = attachment.named(
        await attachment.of_draft(pack.tenant, view.id), request.path_params["handle"]
    )
    return Response(await attachment.shown_copy(pack.tenant, chosen.id), media_type="image/jpeg")


async def save(request: Request) -> Response:
    """登记 as a report of its own channel; a story that is known already is folded into it."""
    pack, view = await CLUES.opened(request)
    if view.is_sent:
        return see_other("/media?saved=1")
    form, typed = form_of(request), CLUES.typed_in(request)
    await CLUES.keep(request)
    if _sent_files(form):
        await _take(form, Holder(pack.tenant, draft_id=view.id))
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


async def _take(form: Form, holder: Holder) -> None:
    sent = _sent_files(form)
    if not sent:
        form.problem("pictures", "refused.file.none")
    for file in sent:
        name = (file.filename or "")[-60:]
        try:
            if (file.size or 0) > LARGEST_FILE:
                raise StepRefused("file.too_big", most=LARGEST_FILE // 1024 // 1024)
            await attach(holder, await file.read(), name, current().now)
        except StepRefused as error:
            form.problem("pictures", f"refused.{error.key}", file=name, **error.values)
        finally:
            await file.close()


def _sent_files(form: Form) -> list[UploadFile]:
    """An empty file field comes as a nameless empty file."""
    return [file for file in form.files.get("pictures", []) if file.filename or file.size]


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
