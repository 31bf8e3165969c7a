"""承办单位: who answers for what, where, and who stands above whom."""

from collections.abc import Iterable, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """承办单位. The last word of the code is its duty: <county>.housing answers for it."""

    code: str
    name: str
    short: str
    county: str  # "" = the whole jurisdiction
    parent: str
    desk: bool  # has a desk that takes orders
    source: str
    mark: str

    @property
    def duty(self) -> str:
        return self.code.rpartition(".")[2]


def answering(
    departments: Iterable[Department], wanted: str, path: tuple[str, ...]
) -> Department | None:
    """A department by its code; for a duty the desk of the nearest place, else the jurisdiction's.

    `path`: the codes around the place, the widest first.
    """
    desks = [one for one in departments if one.desk and wanted in (one.code, one.duty)]
    for place in (*reversed(path), ""):
        for desk in desks:
            if desk.county == place or desk.code == wanted:
                return desk
    return None


def with_subordinates(departments: Iterable[Department], codes: Set[str]) -> frozenset[str]:
    """The departments and everything below them."""
    known, found = list(departments), set(codes)
    while below := {one.code for one in known if one.parent in found} - found:
        found |= below
    return frozenset(found)


def superior(departments: Iterable[Department], code: str, without: Set[str]) -> Department | None:
    """The nearest department above that has a desk and is not among `without`."""
    by_code = {one.code: one for one in departments}
    seen: set[str] = set()
    at = by_code.get(code)
    while at is not None and at.code not in seen:
        seen.add(at.code)
        at = by_code.get(at.parent)
        if at is not None and at.desk and at.code not in without:
            return at
    return None
