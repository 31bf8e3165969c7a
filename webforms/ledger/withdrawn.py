"""撤回公开: who asks for a number that was public is told since when it is not, and why (410)."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups.public_history import withdrawn
from hotline.policy.store import packs
from webforms.ledger import pages
from webforms.render import page, see_other


async def case(request: Request) -> Response:
    """One matter, as far as it is public. What stood on a day is the publishers' to see."""
    known, number = await packs(), request.path_params["number"]
    if "on" in request.query_params:
        return see_other(f"/publish/{quote(number)}?{request.url.query}")
    try:
        return await pages.case(request)
    except NotFound:
        taken = await withdrawn(pages.tenant_at(known, number), number)
        return page("ledger/withdrawn", status_code=410, taken=taken)
