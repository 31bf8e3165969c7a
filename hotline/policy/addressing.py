"""督办移送的对象: whom a kind may go to at a place, by the pack's departments."""

from collections.abc import Iterator

from hotline.policy.pack import Pack
from hotline.rules.departments import Department
from hotline.rules.referral import ReferralKind

NAMED = "named"
ANY = "any"


def offered(
    kind: ReferralKind, pack: Pack, lead: str | None, county: str | None
) -> list[Department]:
    """The departments to choose from, the nearest first; what the pack has none of is named."""
    found: dict[str, Department] = {}
    for selector in kind.addressees:
        for one in _of(selector, pack, lead, county or pack.jurisdiction):
            found.setdefault(one.code, one)
    return list(found.values())


def takes_names(kind: ReferralKind) -> bool:
    """Whether another body may be named."""
    return NAMED in kind.addressees or ANY in kind.addressees


def _of(selector: str, pack: Pack, lead: str | None, county: str) -> Iterator[Department]:
    known = pack.departments.by_code
    way, _, duty = selector.partition(":")
    if way == "lead":
        yield from (known[code] for code in (lead,) if code in known)
    elif way == ANY:
        yield from (one for one in pack.departments if one.desk and one.county in (county, ""))
    elif way == "duty":
        yield from _near(pack, duty, county)
    elif way == "above":
        for one in _near(pack, duty, county):
            if one.parent in known:
                yield known[one.parent]


def _near(pack: Pack, duty: str, county: str) -> Iterator[Department]:
    """Whoever has the duty at the place or at one it lies in."""
    known = pack.departments.by_code
    codes = (f"{place.code}.{duty}" for place in reversed(pack.gazetteer.path(county)))
    yield from (known[code] for code in codes if code in known)
