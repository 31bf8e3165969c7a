"""Photos and files on a page of their own: a refused one costs neither text nor the others."""

from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.policy.store import NATIONAL
from hotline.rules.attachments.found import LARGEST_PICTURE, MEGABYTE
from hotline.steps.attach import MOST, Holder, SentFile, attach, remove
from hotline.steps.attempt import Bucket, Limit, count_attempt
from webforms.attached import copy_of
from webforms.citizen import drafts
from webforms.citizen.hints import taken_over
from webforms.citizen.steps import next_path, wizard_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.submissions import Form
from webforms.uploads import chosen as chosen_files
from webforms.uploads import each
from webforms.visit import address, current

NEXT: Final = "next"
OF_AN_ADDRESS: Final = Limit(300, timedelta(hours=1))  # a disk is not filled by one address


@drafts.while_writing
async def show(request: Request, found: drafts.Opened) -> Response:
    """The page, with the pictures staged so far."""
    del request
    return await _page(found, Form())


@drafts.while_writing
async def stage(request: Request, found: drafts.Opened) -> Response:
    """Take the chosen files, each by itself, whichever button was pressed; then stay or go on."""
    form = form_of(request)
    goes_on = form.raw("act") == NEXT
    key = await drafts.keep(found, {"seen_photos": goes_on or found.answers.seen_photos})
    again = drafts.Opened(key, await drafts.view_of(key))
    await _take(form, again, needed=not goes_on)
    if form.problems:
        response = await _page(again, form, status_code=422)
    else:
        response = see_other(next_path(again.answers, "photos") if goes_on else "/report/photos")
    drafts.set_cookie(response, key)
    return response


async def take_back(request: Request) -> Response:
    """Remove one staged picture."""
    found = await drafts.opened(request)
    if found.is_sent:
        raise NotFound("draft")
    chosen = attachment.named(await _staged(found), request.path_params["handle"])
    await remove(_holder(found), chosen.id, current().now)
    return see_other("/report/photos")


async def thumbnail(request: Request) -> Response:
    """A staged file, for its owner alone."""
    found = await drafts.opened(request)
    chosen = attachment.named(await _staged(found), request.path_params["handle"])
    return await copy_of(_holder(found).tenant_id, chosen, free=chosen.is_free)


async def use_hint(request: Request) -> Response:
    """照片自带信息: the day or the place that a photo tells, because its sender said to use it."""
    found = await drafts.opened(request)
    if found.is_sent:
        raise NotFound("draft")
    chosen = attachment.named(await _staged(found), request.path_params["handle"])
    changes = taken_over(form_of(request).raw("use"), chosen.hint, current().now)
    return await drafts.keep_and_go(found, changes, "/report/photos")


async def _take(form: Form, found: drafts.Opened, *, needed: bool) -> None:
    holder, counted = _holder(found), Bucket(NATIONAL, "upload", address())

    async def keep(sent: SentFile) -> None:
        await attach(holder, sent.content, sent.name, current().now)

    for _ in chosen_files(form, "photos"):
        await count_attempt(counted, OF_AN_ADDRESS, current().now)
    await each(form, "photos", keep, needed=needed)


async def _staged(found: drafts.Opened) -> list[attachment.AttachmentView]:
    if found.key is None or found.view is None:
        return []
    return await attachment.of_draft(found.key.tenant_id, found.view.id)


def _holder(found: drafts.Opened) -> Holder:
    if found.key is None or found.view is None:
        raise NotFound("draft")
    return Holder(found.key.tenant_id, draft_id=found.view.id)


async def _page(found: drafts.Opened, form: Form, *, status_code: int = 200) -> Response:
    return wizard_page(
        "photos",
        form,
        status_code=status_code,
        answers=found.answers,
        staged=await _staged(found),
        most=MOST,
        most_megabytes=LARGEST_PICTURE // MEGABYTE,
    )
