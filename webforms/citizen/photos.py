"""Photos on a page of their own: a refused file never costs the text, nor the other files."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import attachment
from hotline.rules.pictures import LARGEST_FILE
from hotline.steps.attach import MOST, Holder, attach, remove
from webforms.citizen import drafts
from webforms.citizen.steps import next_path, wizard_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.submissions import Form
from webforms.visit import current


async def show(request: Request) -> Response:
    """The page, with the pictures staged so far."""
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    return await _page(found, Form())


async def stage(request: Request) -> Response:
    """Take the chosen files, each by itself; what is wrong with one is said by its name."""
    form, found = form_of(request), await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    key = await drafts.keep(found, {})
    view = await drafts.view_of(key)
    await _take(form, Holder(key.tenant_id, draft_id=view.id))
    again = drafts.Opened(key, view)
    if form.problems:
        response = await _page(again, form, status_code=422)
        drafts.set_cookie(response, key)
        return response
    return await drafts.keep_and_go(again, {}, "/report/photos")


async def go_on(request: Request) -> Response:
    """With or without pictures: the next page."""
    found = await drafts.opened(request)
    if found.is_sent:
        return see_other("/report/receipt")
    path = next_path(found.answers, "photos")
    return await drafts.keep_and_go(found, {"seen_photos": True}, path)


async def take_back(request: Request) -> Response:
    """Remove one staged picture."""
    found = await drafts.opened(request)
    if found.key is None or found.view is None or found.is_sent:
        raise NotFound("draft")
    holder = Holder(found.key.tenant_id, draft_id=found.view.id)
    staged = await attachment.of_draft(found.key.tenant_id, found.view.id)
    chosen = attachment.named(staged, request.path_params["handle"])
    await remove(holder, chosen.id, current().now)
    return see_other("/report/photos")


async def thumbnail(request: Request) -> Response:
    """The copy of a staged picture, for its owner alone."""
    found = await drafts.opened(request)
    if found.key is None or found.view is None:
        raise NotFound("draft")
    staged = await attachment.of_draft(found.key.tenant_id, found.view.id)
    chosen = attachment.named(staged, request.path_params["handle"])
    copy = await attachment.shown_copy(found.key.tenant_id, chosen.id)
    return Response(copy, media_type="image/jpeg")


async def _take(form: Form, holder: Holder) -> None:
    """An empty file field comes as a nameless empty file."""
    sent = [file for file in form.files.get("photos", []) if file.filename or file.size]
    if not sent:
        form.problem("photos", "refused.file.none")
    for number, file in enumerate(sent):
        name = (file.filename or "")[-60:]
        try:
            if (file.size or 0) > LARGEST_FILE:
                raise StepRefused("file.too_big", most=LARGEST_FILE // 1024 // 1024)
            await attach(holder, await file.read(), name, current().now)
        except StepRefused as error:
            field = "photos" if not form.problems else f"photos-{number}"
            form.problem(field, f"refused.{error.key}", file=name, **error.values)
        finally:
            await file.close()


async def _page(found: drafts.Opened, form: Form, *, status_code: int = 200) -> Response:
    staged = []
    if found.key and found.view:
        staged = await attachment.of_draft(found.key.tenant_id, found.view.id)
    return wizard_page(
        "photos",
        form,
        status_code=status_code,
        answers=found.answers,
        staged=staged,
        most=MOST,
        most_megabytes=LARGEST_FILE // 1024 // 1024,
    )
