"""逐日说明: every day a term runs through, which of them count and why, down to its last day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from hotline.rules.clocks import SHANGHAI, Calendar, Scheme, Unit, due

START: Final = "start"  # 起始日不计入
WORKING: Final = "working"  # 工作日
MAKE_UP: Final = "make_up"  # 调休上班
WEEKEND: Final = "weekend"  # 周末
HOLIDAY: Final = "holiday"  # 节假日
CALENDAR: Final = "calendar"  # 自然日
ROLLED: Final = "rolled"  # 末日遇休顺延


@dataclass(frozen=True, slots=True)
class DayOfTerm:
    """One day of a term; `count` is its place in the counting, 0 when it does not count."""

    on: date
    why: str
    count: int
    is_known: bool  # the holidays of its year are announced


def day_by_day(scheme: Scheme, started: datetime, calendar: Calendar) -> tuple[DayOfTerm, ...]:
    """From the day of start to the last legal day of a term neither extended nor paused.

    Days count by number; of hours and months only the days they run through are named.
    """
    first, last = started.astimezone(SHANGHAI).date(), due(scheme, started, calendar).on
    unrolled = due(replace(scheme, rolls=False), started, calendar).on
    whole = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    why = [_why(scheme.unit, day, first, unrolled, calendar) for day in whole]
    return tuple(
        DayOfTerm(day, reason, count, day.year in calendar.known_years)
        for day, reason, count in zip(whole, why, _counted(scheme.unit, why), strict=True)
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
