"""M1: the list of clues, and the form for a new one with its screenshots."""

from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import attachment
from hotline.lookups.clues import clues
from hotline.lookups.draft import DraftView
from hotline.policy.pack import Pack
from hotline.rules.pictures import LARGEST_FILE
from hotline.steps.attach import MOST, Holder, attach, remove
from hotline.steps.clue import keep_clue
from hotline.steps.register import register
from webforms import doors
from webforms.doors import form_of
from webforms.media.clue import (
    Typed,
    as_held,
    delivery_of,
    read_clue,
    read_report,
    typed_in,
    typed_of,
)
from webforms.render import see_other
from webforms.staff.choices import (
    county_choices,
    county_of,
    kind_choices,
    place_words,
    township_choices,
)
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.shelf import Shelf
from webforms.staff.when import short
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

KIND: Final = "media"


async def home(request: Request) -> Response:
    """Drafts, and what was entered lately."""
    by = doors.actor(request)
    pack = await pack_of(by)
    return staff_page(
        "media/home",
        drafts=await Shelf(KIND, by, pack.tenant).begun(),
        clues=await clues(by),
        saved=request.query_params.get("saved") == "1",
        place=lambda one: place_words(pack, one.county, one.township),
        short=short,
    )


async def begin(request: Request) -> Response:
    """A new clue."""
    ref = await (await _shelf(request)).begin()
    return see_other(f"/media/clues/{ref}")


async def show(request: Request) -> Response:
    """The form, with what is typed so far."""
    pack, view = await _opened(request)
    if view.is_sent:
        return see_other("/media")
    return await _page(request, pack, typed_of(view.answers), Form())


async def keep(request: Request) -> Response:
    """Keep what is typed, and look for the townships of the county."""
    await _keep(request)
    return see_other(_path(request))


async def discard(request: Request) -> Response:
    """It came to nothing."""
    await (await _shelf(request)).discard(request.path_params["ref"])
    return see_other("/media")


async def add_pictures(request: Request) -> Response:
    """Screenshots; a refused file costs neither the text nor the others."""
    pack, view = await _opened(request)
    form = form_of(request)
    await _keep(request)
    if not view.is_sent:
        await _take(form, Holder(pack.tenant, draft_id=view.id))
    if form.problems:
        return await _page(request, pack, typed_in(form), form, status_code=422)
    return see_other(_path(request))


async def drop_picture(request: Request) -> Response:
    """Take one screenshot back."""
    pack, view = await _opened(request)
    chosen = attachment.named(
        await attachment.of_draft(pack.tenant, view.id), request.path_params["handle"]
    )
    await remove(Holder(pack.tenant, draft_id=view.id), chosen.id, current().now)
    return see_other(_path(request))


async def picture(request: Request) -> Response:
    """The copy of a staged screenshot, for its owner alone."""
    pack, view = await _opened(request)
    chosen = attachment.named(
        await attachment.of_draft(pack.tenant, view.id), request.path_params["handle"]
    )
    return Response(await attachment.shown_copy(pack.tenant, chosen.id), media_type="image/jpeg")


async def save(request: Request) -> Response:
    """登记 as a report of its own channel."""
    pack, view = await _opened(request)
    if view.is_sent:
        return see_other("/media?saved=1")
    form, typed = form_of(request), typed_in(form_of(request))
    await _keep(request)
    if _sent_files(form):
        await _take(form, Holder(pack.tenant, draft_id=view.id))
    clue = read_clue(form)
    report = await read_report(form, pack, clue, view.answers["code"])
    if report is None:
        return await _page(request, pack, typed, form, status_code=422)
    by, now = doors.actor(request), current().now
    receipt = await register(report, delivery_of(typed, view.id), by=by, now=now)
    await keep_clue(report.tenant_id, receipt.request_id, clue)
    nudge(INTAKE)
    shelf, shown = await _shelf(request), {"number": receipt.number}
    await shelf.finish(request.path_params["ref"], shown, receipt.request_id)
    return see_other("/media?saved=1")


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


async def _keep(request: Request) -> None:
    shelf, typed = await _shelf(request), typed_in(form_of(request))
    view = await shelf.opened(request.path_params["ref"])
    if not view.is_sent:
        await shelf.keep(request.path_params["ref"], as_held(typed))


def _path(request: Request) -> str:
    return f"/media/clues/{request.path_params['ref']}"


async def _shelf(request: Request) -> Shelf:
    by = doors.actor(request)
    return Shelf(KIND, by, (await pack_of(by)).tenant)


async def _opened(request: Request) -> tuple[Pack, DraftView]:
    pack = await pack_of(doors.actor(request))
    return pack, await (await _shelf(request)).opened(request.path_params["ref"])


async def _page(
    request: Request, pack: Pack, typed: Typed, form: Form, *, status_code: int = 200
) -> Response:
    _, view = await _opened(request)
    return staff_page(
        "media/clue",
        status_code=status_code,
        base=_path(request),
        typed=typed,
        problems=form.problems,
        pictures=await attachment.of_draft(pack.tenant, view.id),
        most=MOST,
        kinds=kind_choices(pack.lexicon),
        counties=county_choices(pack),
        townships=township_choices(pack, county_of(pack, typed.county)),
    )
