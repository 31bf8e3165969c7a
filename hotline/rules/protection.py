"""保护: who has to agree before an identity is shown, and how long what is kept."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime

from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import RequestStage, Role

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Custody:
    """保密审批: whose looking a custodian approves ("": everybody's), and for how many hours."""

    roles: frozenset[Role]
    hours: int

    def binds(self, by: Actor) -> bool:
        """Whether this person may not look alone. Who also holds a free role is bound as well."""
        return not self.roles or bool(by.roles & self.roles)


@dataclass(frozen=True, slots=True)
class Retention:
    """保存期限 of one sort of report: so many months after it ended it loses its words."""

    code: str
    stages: frozenset[RequestStage]
    wishes: frozenset[str]  # none: all
    kinds: frozenset[str]  # none: all; a kind and those under it
    months: int

    def covers(self, stage: str, wish: str, kinds: Iterable[str]) -> bool:
        """Whether the row speaks of such a report."""
        if stage not in self.stages or (self.wishes and wish not in self.wishes):
            return False
        return not self.kinds or any(_within(kind, self.kinds) for kind in kinds)

    def ended_before(self, now: datetime) -> date:
        """A report that ended before this day is due."""
        day = now.astimezone(SHANGHAI).date()
        years, month = divmod(day.year * MONTHS + day.month - 1 - self.months, MONTHS)
        return date(years, month + 1, min(day.day, 28))


@dataclass(frozen=True, slots=True)
class Protection:
    """What a pack says of both. `aside_days`: of what no door could read; `payee_days`: of whom a
    reward was paid to, from the confirmed payment. None: kept."""

    custody: Custody | None  # None: nobody has to agree before an identity is shown
    retention: tuple[Retention, ...]
    aside_days: int | None
    payee_days: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A report as the terms of keeping ask for it."""

    stage: str
    wish: str
    kinds: frozenset[str]
    on: date


def term_of(rows: Iterable[Retention], ended: Ended) -> Retention | None:
    """Of several rows that speak of a report the longest holds; None: kept."""
    found = [row for row in rows if row.covers(ended.stage, ended.wish, ended.kinds)]
    return max(found, key=lambda row: row.months, default=None)


def is_due(rows: Iterable[Retention], ended: Ended, now: datetime) -> bool:
    """Whether its term is over."""
    term = term_of(rows, ended)
    return term is not None and ended.on < term.ended_before(now)


def kept_by_law(rows: tuple[Retention, ...], ended: Ended, now: datetime) -> bool:
    """个人信息保护法 a47: while a term of keeping runs nothing is erased, only left alone."""
    return term_of(rows, ended) is not None and not is_due(rows, ended, now)


def _within(kind: str, above: Set[str]) -> bool:
    return any(kind == one or kind.startswith(f"{one}.") for one in above)
