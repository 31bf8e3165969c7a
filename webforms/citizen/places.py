"""Places to choose from: the counties of every tenant, then the townships of one county."""

from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hotline.policy.pack import Pack
from hotline.policy.store import Packs, packs
from hotline.rules.places import Gazetteer
from webforms.citizen.answers import UNKNOWN


@dataclass
class Option:
    """One choice of a field."""

    value: str
    label: str
    hint: str = ""


@dataclass
class Group:
    """Choices under one heading."""

    label: str
    options: list[Option] = field(default_factory=list)


def county_groups(found: Packs) -> list[Group]:
    """Counties by prefecture, in the order of their codes."""
    groups: dict[str, Group] = {}
    for tenant in found.tenants():
        for county in sorted(tenant.gazetteer.counties(), key=lambda place: place.code):
            above = tenant.gazetteer.get(county.parent)
            group = groups.setdefault(county.parent, Group(above.name if above else ""))
            group.options.append(Option(county.code, county.name))
    return list(groups.values())


def township_groups(found: Packs, county: str) -> list[Group]:
    """The townships of a county; empty when none is known."""
    options = [
        Option(place.code, place.name) for place in gazetteer(found, county).children(county)
    ]
    return [Group("", options)] if options else []


def offered(groups: list[Group]) -> set[str]:
    """What may be chosen, "not known" included."""
    return {option.value for group in groups for option in group.options} | {UNKNOWN}


def gazetteer(found: Packs, county: str) -> Gazetteer:
    """The places of the tenant that the county lies in."""
    for tenant in found.tenants():
        if tenant.gazetteer.get(county):
            return tenant.gazetteer
    return Gazetteer([])


def pack_for(found: Packs, county: str, otherwise: str) -> Pack:
    """The pack that handles a report about this county; unknown: the one of the draft's tenant."""
    tenant = gazetteer_tenant(found, county) or otherwise
    return found.serving_county(tenant, None if county == UNKNOWN else county)


def gazetteer_tenant(found: Packs, county: str) -> str:
    """The tenant that the county lies in, or ""."""
    inside = (pack.tenant for pack in found.tenants() if pack.gazetteer.get(county))
    return next(inside, "")


def place_label(found: Packs, county: str, township: str) -> str:
    """The place as people write it."""
    code = township if township not in ("", UNKNOWN) else county
    return "" if code in ("", UNKNOWN) else gazetteer(found, county).label(code)


async def townships(request: Request) -> Response:
    """The townships of a county, for the page's script."""
    groups = township_groups(await packs(), request.path_params["county"])
    options = [[one.value, one.label] for group in groups for one in group.options]
    return JSONResponse(options, headers={"cache-control": "public, max-age=3600"})
