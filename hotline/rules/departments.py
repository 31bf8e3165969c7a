"""承办单位: who answers for what, where, and who stands above whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
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


class Directory(Sequence[Department]):
    """The departments of a pack, found by code and by duty. Built once, never changed."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self._all = tuple(departments)
        self.by_code = {one.code: one for one in self._all}
        desks: defaultdict[str, dict[str, Department]] = defaultdict(dict)
        for one in self._all:
            if one.desk:
                desks[one.duty].setdefault(one.county, one)
        self._desks = dict(desks)

    def __getitem__(self, at: int) -> Department:  # type: ignore[override]
        return self._all[at]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Department]:
        return iter(self._all)

    def answering(self, wanted: str, path: tuple[str, ...]) -> Department | None:
        """A department by its code; for a duty the nearest place's desk, else the jurisdiction's.

        `path`: the codes around the place, the widest first.
        """
        named = self.by_code.get(wanted)
        if named is not None:
            return named if named.desk else None
        desks = self._desks.get(wanted, {})
        return next((desks[place] for place in (*reversed(path), "") if place in desks), None)

    def superior(self, code: str, without: Set[str]) -> Department | None:
        """The nearest department above that has a desk and is not among `without`."""
        seen: set[str] = set()
        at = self.by_code.get(code)
        while at is not None and at.code not in seen:
            seen.add(at.code)
            at = self.by_code.get(at.parent)
            if at is not None and at.desk and at.code not in without:
                return at
        return None

    def with_subordinates(self, codes: Set[str]) -> frozenset[str]:
        """The departments and everything below them."""
        found = set(codes)
        while below := {one.code for one in self._all if one.parent in found} - found:
            found |= below
        return frozenset(found)
