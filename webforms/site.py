"""Whose service this is: the names and numbers in the header and footer, all from the pack."""

from dataclasses import dataclass

from hotline.policy.store import Packs


@dataclass(frozen=True, slots=True)
class Site:
    """Shown on every page. An empty hotline is not shown: no number is ever guessed."""

    authority: str = ""
    hotline: str = ""


_last = [Site()]


def last_site() -> Site:
    """As last read: an error page shows the phone even while the database is away."""
    return _last[0]


def site_of(packs: Packs) -> Site:
    """The widest pack that takes reports speaks for the whole site."""
    serving = packs.serving()
    _last[0] = Site(serving[0].name, serving[0].hotline) if serving else Site()
    return _last[0]
