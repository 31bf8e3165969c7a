"""发布: typical cases, good examples, bulletins, answers and briefings as anybody reads them."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.releases import PAGE, public_release, published
from hotline.policy.store import Packs, packs
from hotline.rules.release import ReleaseKind
from webforms.ledger.pages import cacheable, page_number, tenant_of
from webforms.render import page

SUFFIX: Final = "F"  # of a release's number, behind the prefix of its jurisdiction


async def show(request: Request) -> Response:
    """The newest first, all of them or one kind."""
    known, asked = await packs(), request.query_params
    tenant = tenant_of(known, asked.get("province", ""))
    kind = asked.get("kind", "") if asked.get("kind", "") in set(ReleaseKind) else ""
    at = page_number(asked.get("page", ""))
    found, total = await published(tenant.code, kind, at)
    return cacheable(
        request,
        "ledger/posts",
        found=found,
        total=total,
        kind=kind,
        kinds=[one.value for one in ReleaseKind],
        page_now=at,
        pages=max(1, -(-total // PAGE)),
    )


async def one(request: Request) -> Response:
    """One text; of a withdrawn one since when and why (410)."""
    number = request.path_params["number"]
    found = await public_release(_tenant_at(await packs(), number), number)
    if found.withdrawn_on is not None:
        return page("ledger/post_gone", status_code=410, one=found)
    return cacheable(request, "ledger/post", one=found)


def _tenant_at(known: Packs, number: str) -> str:
    prefix = number.rstrip("0123456789")
    owner = next((pack for pack in known.serving() if prefix == f"{pack.prefix}{SUFFIX}"), None)
    return owner.tenant if owner else tenant_of(known, "").code
