"""逐日说明: every day a term runs through, which of them count and why, down to its last day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from hotline.rules.clocks import SHANGHAI, Calendar, Scheme, Term, Unit, due_of

START: Final = "start"  # 起始日不计入
WORKING: Final = "working"  # 工作日
MAKE_UP: Final = "make_up"  # 调休上班
WEEKEND: Final = "weekend"  # 周末
HOLIDAY: Final = "holiday"  # 节假日
CALENDAR: Final = "calendar"  # 自然日
ROLLED: Final = "rolled"  # 末日遇休顺延
PAUSED: Final = "paused"  # 中止期间，不计入


@dataclass(frozen=True, slots=True)
class DayOfTerm:
    """One day of a term; `count` is its place in the counting, 0 when it does not count."""

    on: date
    why: str
    count: int
    is_known: bool  # the holidays of its year are announced


def day_by_day(scheme: Scheme, started: datetime, calendar: Calendar) -> tuple[DayOfTerm, ...]:
    """From the day of start to the last legal day of a term neither extended nor paused."""
    return days_of(Term(scheme, started), calendar)


def days_of(term: Term, calendar: Calendar) -> tuple[DayOfTerm, ...]:
    """The same of a term as it is by now.

    Days count by number; of hours and months only the days they run through are named.
    """
    unit, plain = term.scheme.unit, replace(term, scheme=replace(term.scheme, rolls=False))
    first, last = term.started.astimezone(SHANGHAI).date(), due_of(term, calendar).on
    unrolled = due_of(plain, calendar).on
    whole = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    why = [
        PAUSED if _stands_still(term, day) else _why(unit, day, first, unrolled, calendar)
        for day in whole
    ]
    return tuple(
        DayOfTerm(day, reason, count, day.year in calendar.known_years)
        for day, reason, count in zip(whole, why, _counted(unit, why), strict=True)
    )


def _stands_still(term: Term, day: date) -> bool:
    """Of a pause the day it begins is counted still, the day it ends is not; hours run on both."""
    if term.scheme.unit is Unit.HOUR:
        return False
    return any(
        start.astimezone(SHANGHAI).date() < day <= end.astimezone(SHANGHAI).date()
        for start, end in term.pauses
    )


def _why(unit: Unit, day: date, first: date, unrolled: date, calendar: Calendar) -> str:
    if day == first:
        return START
    if day > unrolled:
        return ROLLED
    if unit is not Unit.WORKING_DAY:
        return CALENDAR
    if calendar.is_working(day):
        return MAKE_UP if day.weekday() >= 5 else WORKING
    return HOLIDAY if day in calendar.off else WEEKEND


def _counted(unit: Unit, why: list[str]) -> Iterator[int]:
    counting = {Unit.WORKING_DAY: {WORKING, MAKE_UP}, Unit.CALENDAR_DAY: {CALENDAR}}.get(unit, ())
    count = 0
    for reason in why:
        count += reason in counting
        yield count if reason in counting else 0
