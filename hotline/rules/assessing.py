"""考核: shares of a cohort of orders, and the score they come to by a jurisdiction's weights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hotline.rules.clocks import SHANGHAI


class Measure(StrEnum):
    """What is assessed: of so many, how many."""

    ACCEPTED = "accepted"  # 按期受理
    CLOSED = "closed"  # 按期办结
    SATISFIED = "satisfied"  # 回访满意
    REOPENED = "reopened"  # 重办


@dataclass(frozen=True, slots=True)
class Weight:
    """One measure of a scheme. `lower`: the fewer the better."""

    measure: Measure
    name: str
    weight: int
    lower: bool
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """Orders that are not counted, and why: by stage, by kind or by what the reporter wanted."""

    name: str
    stages: tuple[str, ...]
    kinds: tuple[str, ...]
    wishes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a jurisdiction assesses its departments."""

    weights: tuple[Weight, ...]
    excluded: tuple[Excluded, ...]
    satisfied_from: int  # of five
    least: int  # orders; with fewer no score is told


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a cohort: each measure's own, and out of how many."""

    orders: int = 0
    accepted: int = 0
    accepted_of: int = 0
    closed: int = 0
    closed_of: int = 0
    satisfied: int = 0
    satisfied_of: int = 0
    reopened: int = 0
    reopened_of: int = 0

    def of(self, measure: Measure) -> tuple[int, int]:
        """How many, out of how many."""
        return getattr(self, measure), getattr(self, f"{measure}_of")

    def share(self, measure: Measure) -> float | None:
        """None where nothing of the kind has ended yet."""
        count, out_of = self.of(measure)
        return count / out_of if out_of else None


NAMES = tuple(one.name for one in fields(Tally))


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum."""
    found = list(tallies)
    return Tally(**{name: sum(getattr(one, name) for one in found) for name in NAMES})


def tally_of(counts: Mapping[str, int]) -> Tally:
    """As the counts of a row name it."""
    return Tally(**{name: int(counts[name]) for name in NAMES})


def score(tally: Tally, scheme: Assessment) -> float | None:
    """Σ weight × share / Σ weight × 100, over the measures of which something has ended.

    Of a measure of which fewer is better, what is missing from it. None for too few orders.
    """
    if tally.orders < scheme.least:
        return None
    told = [(one, tally.share(one.measure)) for one in scheme.weights]
    weighed = [
        (one.weight, 1 - share if one.lower else share) for one, share in told if share is not None
    ]
    whole = sum(weight for weight, _ in weighed)
    reached = sum(weight * share for weight, share in weighed)
    return round(100 * reached / whole, 1) if whole else None


def months_back(now: datetime, count: int) -> list[date]:
    """The first days of this month and of those before it."""
    found = [now.astimezone(SHANGHAI).date().replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def next_month(month: date) -> date:
    """The first day of the one after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def midnight(day: date) -> datetime:
    """When a day begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)
