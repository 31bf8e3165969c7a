"""期限: when a term ends, by working days, calendar days, months or hours, in Shanghai time.

The day of start is not counted. A term's end is always counted anew from its start, its extension
and its pauses, so that it can be counted again once next year's holidays are announced.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Literal
from zoneinfo import ZoneInfo

from hotline.errors import StepRefused

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
LAST_SECOND: Final = time(23, 59, 59)
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Unit(StrEnum):
    """What a term is counted in."""

    HOUR = "hour"  # 小时, through nights and rest days
    CALENDAR_DAY = "calendar_day"  # 日
    WORKING_DAY = "working_day"  # 工作日
    MONTH = "month"  # 月


@dataclass(frozen=True, slots=True)
class Scheme:
    """One term of a policy pack, with the law it comes from. `extendable` is in the same unit."""

    code: str
    name: str
    holder: Literal["request", "order", "referral"]
    count: int
    unit: Unit
    starts: str
    stops: tuple[str, ...] = ()
    rolls: bool = False
    extendable: int = 0
    pausable: int = 0  # 日 in all that it may stand still while the reporter is asked
    wishes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # 分别受理: of these accepting bodies alone
    source: str = ""
    mark: str = ""
    is_right: bool = False  # a right that lapses (异议), not a duty that falls due
    interim: bool = False  # begins with 阶段性办结 alone


@dataclass(frozen=True, slots=True)
class Calendar:
    """放假与调休: days off, make-up working days, and the years for which both are announced."""

    off: frozenset[date]
    work: frozenset[date]
    known_years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """A make-up Saturday works, a holiday Monday does not; else the week decides."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of every year from first to last are announced."""
        return all(year in self.known_years for year in range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True)
class Due:
    """The last legal day and its last second; provisional until the year's holidays are known."""

    on: date
    at: datetime
    provisional: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One running term: its scheme, its start, what was granted since, and when it stood still."""

    scheme: Scheme
    started: datetime
    extended: int = 0
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    paused_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left, or by how much it is late (then negative)."""

    days: int
    working_days: int
    hours: int
    overdue: bool


def due(scheme: Scheme, started: datetime, calendar: Calendar) -> Due:
    """The end of a term that was neither extended nor paused."""
    return due_of(Term(scheme, started), calendar)


def due_of(term: Term, calendar: Calendar) -> Due:
    """The end of a term. While it stands still, the end it would have if it went on at once."""
    if term.scheme.unit is Unit.HOUR:
        return _due_by_the_hour(term)
    start = _local(term.started).date()
    last, asked = _counted(term, start, calendar)
    on = _rolled(last, calendar) if term.scheme.rolls else last
    asked = asked or term.scheme.rolls
    at = datetime.combine(on, LAST_SECOND, SHANGHAI)
    return Due(on, at, provisional=asked and not calendar.knows(start, on))


def extended(term: Term, count: int, asked_at: datetime, calendar: Calendar) -> Term:
    """延期: only before the end, and within what the scheme allows in all."""
    end = due_of(term, calendar)
    if is_over(end, asked_at):
        raise StepRefused("extend.after_due", due=end.on)
    if term.scheme.extendable <= 0:
        raise StepRefused("extend.not_allowed")
    if count < 1 or term.extended + count > term.scheme.extendable:
        raise StepRefused("extend.too_long", most=term.scheme.extendable - term.extended)
    return replace(term, extended=term.extended + count)


def paused(term: Term, at: datetime) -> Term:
    """The term stands still, for example while a hearing is held."""
    if term.paused_from is not None:
        raise StepRefused("clock.paused_already")
    if _local(at) < _local(term.started):
        raise StepRefused("clock.before_start")
    return replace(term, paused_from=at)


def resumed(term: Term, at: datetime) -> Term:
    """The term goes on; the time it stood still does not count."""
    if term.paused_from is None:
        raise StepRefused("clock.not_paused")
    if _local(at) < _local(term.paused_from):
        raise StepRefused("clock.before_start")
    return replace(term, pauses=(*term.pauses, (term.paused_from, at)), paused_from=None)


def stands_still(term: Term) -> int:
    """Days of every pause together, the day it begins not counted."""
    return sum((_local(end).date() - _local(start).date()).days for start, end in term.pauses)


def cut_short(term: Term, at: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Its pauses, the last ended now if it would have gone on."""
    *before, (start, end) = term.pauses
    return (*before, (start, min(end, at, key=_local)))


def is_over(end: Due, now: datetime) -> bool:
    """The last second still counts in full."""
    return _local(now) >= end.at + timedelta(seconds=1)


def remaining(end: Due, now: datetime, calendar: Calendar) -> Remaining:
    """How much is left: days to the last day, today not counted; hours to its last second."""
    today = _local(now).date()
    seconds = (end.at - _local(now)).total_seconds()
    return Remaining(
        days=(end.on - today).days,
        working_days=working_days_between(today, end.on, calendar),
        hours=int(seconds // 3600) if seconds >= 0 else -int(-seconds // 3600),
        overdue=is_over(end, now),
    )


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after start, up to and with end; negative when end lies before start."""
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(calendar.is_working, days))


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """The count-th working day after start."""
    day = start
    while count > 0:
        day += _DAY
        count -= calendar.is_working(day)
    return day


def add_months(start: date, count: int) -> date:
    """The same day of a later month, or that month's last day (31 January → 28 February)."""
    years, month = divmod(start.month - 1 + count, 12)
    first = date(start.year + years, month + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=start.day - 1), after - _DAY)


def _counted(term: Term, start: date, calendar: Calendar) -> tuple[date, bool]:
    """The last day before any rolling, and whether the calendar had to be asked."""
    count = _total(term)
    still = [(_local(one).date(), _local(other).date()) for one, other in term.pauses]
    if term.scheme.unit is Unit.WORKING_DAY:
        count += sum(working_days_between(one, other, calendar) for one, other in still)
        return add_working_days(start, count, calendar), True
    rested = timedelta(days=sum((other - one).days for one, other in still))
    if term.scheme.unit is Unit.MONTH:
        return add_months(start, count) + rested, False
    return start + timedelta(days=count) + rested, False


def _due_by_the_hour(term: Term) -> Due:
    began = _local(term.started).astimezone(UTC)
    rested = sum((_length(pause) for pause in term.pauses), timedelta())
    at = (began + _total(term) * _HOUR + rested).astimezone(SHANGHAI)
    return Due(at.date(), at, provisional=False)


def _total(term: Term) -> int:
    if term.scheme.count < 0:
        raise ValueError("a term is not negative")
    return term.scheme.count + term.extended


def _rolled(day: date, calendar: Calendar) -> date:
    return day if calendar.is_working(day) else add_working_days(day, 1, calendar)


def _length(pause: Sequence[datetime]) -> timedelta:
    return _local(pause[1]) - _local(pause[0])


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a datetime must carry its offset")
    return moment.astimezone(SHANGHAI)
