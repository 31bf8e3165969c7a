"""通话附件: files of a call that is being typed, on a page beside the call's own."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import attachment
from hotline.steps.attach import MOST, Holder, remove
from webforms.agent.desk import CALLS
from webforms.attached import copy_of
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.submissions import Form
from webforms.uploads import take
from webforms.visit import current

FIELD = "pictures"


async def show(request: Request) -> Response:
    """What is staged, and the form for more."""
    return await _page(request, Form())


async def add(request: Request) -> Response:
    """Each by itself; once the call is registered nothing more is taken here."""
    pack, view = await CALLS.opened(request)
    form = form_of(request)
    await take(form, FIELD, Holder(pack.tenant, draft_id=view.id), needed=True)
    if form.problems:
        return await _page(request, form, status_code=422)
    return see_other(f"{CALLS.path(request)}/files")


async def drop(request: Request) -> Response:
    """Take one back."""
    pack, view = await CALLS.opened(request)
    chosen = await _chosen(request)
    await remove(Holder(pack.tenant, draft_id=view.id), chosen.id, current().now)
    return see_other(f"{CALLS.path(request)}/files")


async def one(request: Request) -> Response:
    """As it may be handed on, for whoever types the call."""
    pack, _ = await CALLS.opened(request)
    chosen = await _chosen(request)
    return await copy_of(pack.tenant, chosen, free=chosen.is_free)


async def _chosen(request: Request) -> attachment.AttachmentView:
    pack, view = await CALLS.opened(request)
    staged = await attachment.of_draft(pack.tenant, view.id)
    return attachment.named(staged, request.path_params["handle"])


async def _page(request: Request, form: Form, *, status_code: int = 200) -> Response:
    pack, view = await CALLS.opened(request)
    return staff_page(
        "agent/files",
        status_code=status_code,
        base=CALLS.path(request),
        staged=await attachment.of_draft(pack.tenant, view.id),
        problems=form.problems,
        most=MOST,
        is_sent=view.is_sent,
    )
