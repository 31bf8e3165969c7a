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
    """保存期限 of one sort of report: so many months after it ended its words are destroyed."""

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


def longest(rows: Iterable[Retention], stage: str, wish: str, kinds: Set[str]) -> Retention | None:
    """Of several rows that speak of a report the longest holds; None: kept."""
    found = [row for row in rows if row.covers(stage, wish, kinds)]
    return max(found, key=lambda row: row.months, default=None)


def _within(kind: str, above: Set[str]) -> bool:
    return any(kind == one or kind.startswith(f"{one}.") for one in above)
