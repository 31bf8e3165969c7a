"""Pictures beside what staff write: added one by one, shown to the writer alone, taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import StepRefused
from hotline.lookups import attachment
from hotline.policy.pack import Pack
from hotline.rules.attachments.found import LARGEST_FILE
from hotline.steps.attach import Holder, attach, remove
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff import typed
from webforms.staff.writing import Writing
from webforms.submissions import Form
from webforms.visit import current

Kind = TypeVar("Kind", bound=typed.Typed)
Page = Callable[..., Awaitable[Response]]  # (request, pack, typed, form, *, status_code)

FIELD: Final = "pictures"


@dataclass(frozen=True, slots=True)
class Scans(Generic[Kind]):
    """The pictures of one kind of draft; `page` shows the form again with what is wrong."""

    writing: Writing[Kind]
    page: Page

    async def add(self, request: Request) -> Response:
        """A refused file costs neither the text nor the others."""
        pack, view = await self.writing.opened(request)
        form = form_of(request)
        await self.writing.keep(request)
        if not view.is_sent:
            await self.take(form, Holder(pack.tenant, draft_id=view.id), needed=True)
        if form.problems:
            typing = self.writing.typed_in(request)
            return await self.page(request, pack, typing, form, status_code=422)
        return see_other(self.writing.path(request))

    async def drop(self, request: Request) -> Response:
        """Take one back."""
        pack, view, chosen = await self._chosen(request)
        await remove(Holder(pack.tenant, draft_id=view.id), chosen.id, current().now)
        return see_other(self.writing.path(request))

    async def show(self, request: Request) -> Response:
        """The copy, for its owner alone."""
        pack, _, chosen = await self._chosen(request)
        return Response(
            await attachment.shown_copy(pack.tenant, chosen.id), media_type="image/jpeg"
        )

    async def take(self, form: Form, holder: Holder, *, needed: bool = False) -> None:
        """What was sent with the form; each refusal is noted at the field."""
        sent = _sent_files(form)
        if needed and not sent:
            form.problem(FIELD, "refused.file.none")
        for file in sent:
            await _take_one(form, holder, file)

    async def _chosen(self, request: Request) -> tuple[Pack, Any, attachment.AttachmentView]:
        pack, view = await self.writing.opened(request)
        staged = await attachment.of_draft(pack.tenant, view.id)
        return pack, view, attachment.named(staged, request.path_params["handle"])


async def _take_one(form: Form, holder: Holder, file: UploadFile) -> None:
    name = (file.filename or "")[-60:]
    try:
        if (file.size or 0) > LARGEST_FILE:
            raise StepRefused("file.too_big", most=LARGEST_FILE // 1024 // 1024)
        await attach(holder, await file.read(), name, current().now)
    except StepRefused as error:
        form.problem(FIELD, f"refused.{error.key}", file=name, **error.values)
    finally:
        await file.close()


def _sent_files(form: Form) -> list[UploadFile]:
    """An empty file field comes as a nameless empty file."""
    return [file for file in form.files.get(FIELD, []) if file.filename or file.size]
