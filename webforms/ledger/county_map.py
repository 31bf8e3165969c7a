"""县域图: the counties as server-drawn SVG with the same numbers in a table beside it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.county_map import County, county_map
from hotline.policy.store import packs
from hotline.rules.county_map import ACROSS, TILE
from hotline.rules.suppression import LEAST
from webforms.ledger.pages import cacheable, span_asked, spans, tenant_of
from webforms.site import pack_of_site

SHADES: Final = 4


async def show(request: Request) -> Response:
    """Of the jurisdiction that the site speaks for, over the span that the figures are of."""
    known = await packs()
    tenant = tenant_of(known, request.query_params.get("province", ""))
    site = pack_of_site(known)
    pack = site if site and site.tenant == tenant.code else tenant
    span, since, until = span_asked(request)
    found = await county_map(pack, since, until)
    return cacheable(
        request,
        "ledger/map",
        found=found,
        named={one.code: one for one in found.counties},
        listed=sorted(found.counties, key=_most_first),
        shade=_shades(found.counties),
        place=pack.name,
        since=since,
        until=until,
        spans=spans(),
        span=span,
        provinces=known.tenants(),
        province=tenant.code,
        across=ACROSS,
        tile=TILE,
        least=LEAST,
    )


def _most_first(one: County) -> tuple[bool, int, int, str]:
    return one.reports is None, -(one.reports or 0), -one.published, one.code


def _shades(counties: tuple[County, ...]) -> dict[str, str]:
    """h for a hidden count, 0 for none, else its quarter among the counties that have any."""
    ranked = sorted({one.reports for one in counties if one.reports})
    return {one.code: _shade(one.reports, ranked) for one in counties}


def _shade(reports: int | None, ranked: list[int]) -> str:
    if not reports:
        return "h" if reports is None else "0"
    return str(1 + SHADES * ranked.index(reports) // len(ranked))
