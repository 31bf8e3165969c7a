"""Whose service this is: the names and numbers in the header and footer, all from the pack."""

from dataclasses import dataclass

from hotline.policy.pack import Pack
from hotline.policy.store import Packs
from hotline.settings import settings


@dataclass(frozen=True, slots=True)
class Site:
    """Shown on every page. An empty hotline is not shown: no number is ever guessed."""

    authority: str = ""
    hotline: str = ""


_last: list[tuple[Site, Packs | None, str]] = [(Site(), None, "")]


def last_site() -> Site:
    """As last read: an error page shows the phone even while the database is away."""
    return _last[0][0]


def site_of(packs: Packs) -> Site:
    """The names and numbers of the jurisdiction that the site speaks for."""
    site, known, asked = _last[0]
    if known is packs and asked == settings().site:  # for every page, until a pack changes
        return site
    pack = pack_of_site(packs)
    site = Site(pack.name, pack.hotline) if pack else Site()
    _last[0] = (site, packs, settings().site)
    return site


def pack_of_site(packs: Packs) -> Pack | None:
    """SITE_JURISDICTION says so. Without it, the narrowest of jurisdictions that lie in each other;
    where several lie beside each other, the widest. PolicyGap for a code without a pack."""
    if settings().site:
        return packs.pack(settings().site)
    serving = packs.serving()
    if not serving:
        return None
    way = {place.code for place in serving[-1].gazetteer.path(serving[-1].code)}
    return serving[-1] if all(pack.code in way for pack in serving) else serving[0]
