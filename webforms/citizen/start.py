"""The first page, and the start of a report: continue, see the receipt, or begin anew."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.policy.store import packs
from hotline.steps.draft import discard_draft
from webforms import cookies
from webforms.citizen import drafts
from webforms.render import page, see_other
from webforms.site import pack_of_site
from webforms.visit import current


async def home(request: Request) -> Response:
    """Two acts: report, look up; what is taken and what is not."""
    del request
    return page("citizen/home", pack=pack_of_site(await packs()))


async def begin(request: Request) -> Response:
    """A draft or a receipt of this browser is offered first."""
    found = await drafts.opened(request)
    if found.view is None:
        return see_other("/report/where")
    following = found.answers.missing_page() or "check"
    return page(
        "citizen/begin",
        is_sent=found.is_sent,
        view=found.view,
        following=f"/report/{following}",
    )


async def begin_anew(request: Request) -> Response:
    """Forget the draft or the receipt of this browser, then start."""
    found = await drafts.opened(request)
    if found.key is not None and not found.is_sent:
        await discard_draft(found.key, current().now)
    response = see_other("/report/where")
    cookies.drop(response, cookies.DRAFT)
    return response


async def notice(request: Request) -> Response:
    """隐私告知: the version in force is stored with each report."""
    del request
    return page("citizen/privacy", pack=pack_of_site(await packs()))


async def accessibility(request: Request) -> Response:
    """What was done so that everybody can use these pages, and whom to tell if not."""
    del request
    return page("citizen/accessibility")
