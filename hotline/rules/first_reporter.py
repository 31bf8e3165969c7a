"""首报顺序: who told of a matter first; by the time the service registered it, one place a person.

渝环规〔2025〕1号 and its like reward whoever reported first: the database's stamp decides, not the
time of acceptance nor the order in which reports were joined. Who tells it again keeps the place.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a matter. `sender`: a keyed digest, None for somebody unknown."""

    id: UUID
    number: str
    registered_at: datetime
    wants_reward: bool = False
    is_withdrawn: bool = False
    sender: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """The place among the reporters, from 1; 0 for a report that was taken back."""

    told: Told
    place: int


def in_order(reports: Iterable[Told]) -> tuple[Placed, ...]:
    """Earliest first. A report taken back holds no place, and keeps nobody from one."""
    places: dict[bytes | UUID, int] = {}
    placed = []
    for told in sorted(reports, key=lambda one: (one.registered_at, one.number)):
        if told.is_withdrawn:
            placed.append(Placed(told, 0))
            continue
        who = told.sender or told.id
        places.setdefault(who, len(places) + 1)
        placed.append(Placed(told, places[who]))
    return tuple(placed)
