"""期限 as a page shows them: the last day, and what is left of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.rules.clocks import SHANGHAI, Due, remaining

TERMS: Final = """
SELECT scheme, started_at, due_on, due_at, provisional, stopped_at, outcome FROM clock
WHERE tenant_id = $1 AND holder_id = $2 ORDER BY started_at, id
"""


@dataclass(frozen=True, slots=True)
class Left:
    """A last day, how many working days remain (negative: late), and whether it may yet move."""

    due_on: date
    due_at: datetime
    working_days: int
    hours: int
    overdue: bool
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class TermView:
    """One term of an order or a report. `outcome` is "" while it runs."""

    scheme: str
    name: str
    started_at: datetime
    left: Left
    outcome: str


def left(pack: Pack, due_at: datetime | None, now: datetime) -> Left | None:
    """What remains till the nearest term; None when none runs."""
    if due_at is None:
        return None
    local = due_at.astimezone(SHANGHAI)
    return _left(pack, Due(local.date(), local, provisional=False), now)


async def terms(pack: Pack, tenant_id: str, holder_id: UUID, now: datetime) -> tuple[TermView, ...]:
    """Every term a holder ever had, in the order they began."""
    found = await rows(TERMS, tenant_id, holder_id)
    return tuple([_view(pack, clock, now) for clock in found])


def _view(pack: Pack, clock: dict[str, Any], now: datetime) -> TermView:
    end = Due(clock["due_on"], clock["due_at"].astimezone(SHANGHAI), clock["provisional"])
    names = {scheme.code: scheme.name for scheme in pack.schemes}
    return TermView(
        scheme=clock["scheme"],
        name=names.get(clock["scheme"], clock["scheme"]),
        started_at=clock["started_at"],
        left=_left(pack, end, clock["stopped_at"] or now),
        outcome=clock["outcome"] or "",
    )


def _left(pack: Pack, end: Due, now: datetime) -> Left:
    rest = remaining(end, now, pack.calendar)
    return Left(
        due_on=end.on,
        due_at=end.at,
        working_days=rest.working_days,
        hours=rest.hours,
        overdue=rest.overdue,
        provisional=end.provisional,
    )
