"""P1–P3: handled cases, one case, figures. No cookie is set or needed; caches may keep them."""

import hashlib
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import ledger, public_photos
from hotline.lookups.ledger import Filter
from hotline.lookups.public_history import earlier
from hotline.policy.pack import Pack
from hotline.policy.store import Packs, packs
from hotline.rules.classifying import Kind
from hotline.rules.clocks import SHANGHAI
from hotline.rules.redaction import mask
from hotline.rules.terms import Finding
from webforms.citizen.places import county_groups
from webforms.render import page
from webforms.submissions import whole
from webforms.visit import current

CACHED: Final = "public, max-age=300"
MONTHS: Final = 24
ONE_DAY: Final = timedelta(days=1)
LONGEST_WORDS: Final = 40


async def cases(request: Request) -> Response:
    """The list, by county, kind, month and result."""
    known, asked = await packs(), request.query_params
    tenant = tenant_of(known, asked.get("province", ""))
    chosen = await chosen_of(request)
    found = await ledger.cases(tenant.code, chosen, page_number(asked.get("page", "")))
    return cacheable(
        request,
        "ledger/cases",
        found=found,
        chosen=chosen,
        counties=county_groups(known),
        kinds=_kinds(tenant),
        months=months(),
        findings=[one.value for one in Finding],
        provinces=known.tenants(),
        province=tenant.code,
        query=_query(chosen, tenant, known),
    )


async def chosen_of(request: Request) -> Filter:
    """What the address asks for, of what is offered alone; words are looked for as they stand."""
    known, asked = await packs(), request.query_params
    tenant = tenant_of(known, asked.get("province", ""))
    offered: dict[str, set[str]] = {
        "county": {one.value for group in county_groups(known) for one in group.options},
        "kind": {kind.code for kind in _kinds(tenant)},
        "month": set(months()),
        "finding": {one.value for one in Finding},
    }
    chosen = {name: _one_of(asked.get(name, ""), offered[name]) for name in offered}
    # no page of ours repeats a number or a name, whoever asks for it
    words = " ".join(asked.get("q", "").split())[:LONGEST_WORDS]
    return Filter(**chosen, words=mask(words).text)


def _kinds(tenant: Pack) -> list[Kind]:
    return [kind for kind in tenant.lexicon.kinds if kind.ours and not kind.parent]


async def case(request: Request) -> Response:
    """One published matter."""
    known, number = await packs(), request.path_params["number"]
    tenant = tenant_at(known, number)
    return cacheable(
        request,
        "ledger/case",
        case=await ledger.case(tenant, number),
        photos=await public_photos.places(tenant, number),
        earlier=await earlier(tenant, number),
    )


async def photo(request: Request) -> Response:
    """A picture of a published matter, cleared by two people."""
    known, number = await packs(), request.path_params["number"]
    place = whole(request.path_params["place"], digits=4)
    if place is None:
        raise NotFound("photo")
    content = await public_photos.public_copy(tenant_at(known, number), number, place)
    return Response(content, media_type="image/jpeg", headers={"cache-control": CACHED})


def tenant_at(known: Packs, number: str) -> str:
    """The province whose publication bears this number, else the first."""
    prefix = number.rstrip("0123456789")
    owner = next((pack for pack in known.serving() if prefix == f"{pack.prefix}P"), None)
    return owner.tenant if owner else tenant_of(known, "").code


def tenant_of(known: Packs, asked: str) -> Pack:
    """The province that was asked for, else the first."""
    tenants = known.tenants()
    return next((pack for pack in tenants if pack.code == asked), tenants[0])


def months() -> list[str]:
    """This month and those before it."""
    day = current().now.astimezone(SHANGHAI).date().replace(day=1)
    found = []
    for _ in range(MONTHS):
        found.append(f"{day:%Y-%m}")
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def spans() -> list[str]:
    """固定统计期: the months that are over, then the years of which every month is.

    Spans that anybody may choose would tell by their difference what each hides, and one that is
    not over tells by tomorrow's what came today.
    """
    over = months()[1:]
    years = dict.fromkeys(month[:4] for month in over)
    return [*over, *(year for year in years if sum(m.startswith(year) for m in over) == 12)]


def span_asked(request: Request) -> tuple[str, date, date]:
    """One of them by its name, the last month unless asked otherwise; both days included."""
    asked, known = request.query_params.get("span", ""), spans()
    name = asked if asked in known else known[0]
    since = date.fromisoformat(f"{name}-01" if len(name) > 4 else f"{name}-01-01")
    last = since if len(name) > 4 else since.replace(month=12)
    return name, since, (last.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def cacheable(request: Request, name: str, **context: Any) -> Response:
    """A page that anybody's cache may keep for a while; 304 for whoever has it."""
    response = page(name, **context)
    mark = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:20]}"'
    headers = {"etag": mark, "cache-control": CACHED, "vary": "Cookie"}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


def _one_of(asked: str, offered: set[str]) -> str:
    return asked if asked in offered else ""


def page_number(asked: str) -> int:
    return whole(asked, digits=6) or 1


def _query(chosen: Filter, tenant: Pack, known: Packs) -> str:
    """What the links to other pages of the list carry on."""
    parts = {
        "county": chosen.county,
        "kind": chosen.kind,
        "month": chosen.month,
        "finding": chosen.finding,
        "q": quote(chosen.words),
        "province": tenant.code if len(known.tenants()) > 1 else "",
    }
    return "".join(f"&{name}={value}" for name, value in parts.items() if value)
