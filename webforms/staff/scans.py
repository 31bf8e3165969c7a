"""Pictures beside what staff write: added one by one, shown to the writer alone, taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import attachment
from hotline.policy.pack import Pack
from hotline.steps.attach import Holder, remove
from webforms.attached import copy_of
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff import typed
from webforms.staff.writing import Writing
from webforms.submissions import Form
from webforms.uploads import take
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
        return await copy_of(pack.tenant, chosen, free=chosen.is_free)

    async def take(self, form: Form, holder: Holder, *, needed: bool = False) -> None:
        """What was sent with the form; each refusal is noted at the field."""
        await take(form, FIELD, holder, needed=needed)

    async def _chosen(self, request: Request) -> tuple[Pack, Any, attachment.AttachmentView]:
        pack, view = await self.writing.opened(request)
        staged = await attachment.of_draft(pack.tenant, view.id)
        return pack, view, attachment.named(staged, request.path_params["handle"])
