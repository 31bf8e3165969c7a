"""Terms counted on real days: the State Council's holidays and make-up days, 2024 to 2026."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.errors import StepRefused
from hotline.rules.clocks import (
    SHANGHAI,
    Calendar,
    Due,
    Scheme,
    Term,
    Unit,
    add_months,
    due,
    due_of,
    extended,
    is_over,
    paused,
    remaining,
    resumed,
    working_days_between,
)

HOLIDAYS = """
2024-01-01/2024-01-01 2024-02-10/2024-02-17 2024-04-04/2024-04-06 2024-05-01/2024-05-05
2024-06-10/2024-06-10 2024-09-15/2024-09-17 2024-10-01/2024-10-07
2025-01-01/2025-01-01 2025-01-28/2025-02-04 2025-04-04/2025-04-06 2025-05-01/2025-05-05
2025-05-31/2025-06-02 2025-10-01/2025-10-08
2026-01-01/2026-01-03 2026-02-15/2026-02-23 2026-04-04/2026-04-06 2026-05-01/2026-05-05
2026-06-19/2026-06-21 2026-09-25/2026-09-27 2026-10-01/2026-10-07
"""
MAKE_UP = """
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def days_of(spans: str) -> Iterator[date]:
    for span in spans.split():
        first, last = map(day, span.split("/"))
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


CALENDAR = Calendar(
    off=frozenset(days_of(HOLIDAYS)),
    work=frozenset(map(day, MAKE_UP.split())),
    known_years=frozenset({2024, 2025, 2026}),
)


def a_scheme(count: int, unit: Unit, *, rolls: bool = False, extendable: int = 0) -> Scheme:
    return Scheme(
        "made_up", "虚构期限", "order", count, unit, "accept", rolls=rolls, extendable=extendable
    )


WORKING_5 = a_scheme(5, Unit.WORKING_DAY)
DAYS_60 = a_scheme(60, Unit.CALENDAR_DAY, extendable=30)
DAYS_15_ROLLING = a_scheme(15, Unit.CALENDAR_DAY, rolls=True)
HOURS_2 = a_scheme(2, Unit.HOUR)


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_the_working_days_it_was_announced_with(year: int, working: int) -> None:
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31), CALENDAR) == working


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2024-02-08T09:00", 1, "2024-02-09"),  # New Year's Eve was a working day in 2024
        ("2024-02-09T09:00", 1, "2024-02-18"),  # the whole Spring Festival, then a make-up Sunday
        ("2024-09-30T17:00", 5, "2024-10-12"),  # a make-up Saturday is the fifth
        ("2025-01-24T09:00", 2, "2025-01-27"),  # a make-up Sunday counts
        ("2025-09-30T23:59", 1, "2025-10-09"),
        ("2025-10-09T10:00", 2, "2025-10-11"),  # a make-up Saturday
        ("2026-02-13T10:00", 1, "2026-02-14"),
        ("2026-02-14T10:00", 1, "2026-02-24"),
        ("2026-02-14T10:00", 5, "2026-02-28"),
        ("2026-09-24T10:00", 3, "2026-09-30"),
        ("2026-09-30T10:00", 3, "2026-10-10"),
        ("2025-12-31T10:00", 1, "2026-01-04"),  # across a year, a make-up Sunday
    ],
)
def test_working_days_skip_holidays_and_count_make_up_days(
    start: str, count: int, end: str
) -> None:
    term = due(a_scheme(count, Unit.WORKING_DAY), moment(start), CALENDAR)
    assert term == Due(day(end), moment(f"{end}T23:59:59"), provisional=False)


def test_three_in_the_morning_of_a_make_up_saturday_is_that_day() -> None:
    started = datetime(2025, 10, 10, 19, 0, tzinfo=UTC)  # 03:00 on Saturday 11 October in Shanghai
    assert due(a_scheme(1, Unit.WORKING_DAY), started, CALENDAR).on == day("2025-10-13")
    assert due(a_scheme(2, Unit.HOUR), started, CALENDAR).at == moment("2025-10-11T05:00")


def test_a_report_on_a_holiday_counts_from_the_first_working_day_after() -> None:
    assert due(a_scheme(1, Unit.WORKING_DAY), moment("2026-02-18T12:00"), CALENDAR).on == day(
        "2026-02-24"
    )


def test_the_day_of_start_is_not_counted() -> None:
    assert due(DAYS_60, moment("2026-03-01T00:00"), CALENDAR).on == day("2026-04-30")
    assert due(DAYS_60, moment("2026-03-01T23:59:59"), CALENDAR).on == day("2026-04-30")


def test_an_end_on_a_rest_day_rolls_to_the_next_working_day_only_when_the_scheme_says_so() -> None:
    started = moment("2026-02-01T10:00")
    standing = a_scheme(15, Unit.CALENDAR_DAY)
    assert due(standing, started, CALENDAR).on == day("2026-02-16")
    assert due(DAYS_15_ROLLING, started, CALENDAR).on == day("2026-02-24")


def test_an_end_on_a_make_up_day_does_not_roll() -> None:
    assert due(DAYS_15_ROLLING, moment("2026-02-13T10:00"), CALENDAR).on == day("2026-02-28")


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-10-15", 3, "2027-01-15"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-08-31", 1, "2026-09-30"),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_months_last(
    start: str, count: int, end: str
) -> None:
    assert add_months(day(start), count) == day(end)


def test_a_term_in_months_may_roll() -> None:
    scheme = a_scheme(1, Unit.MONTH, rolls=True)
    assert due(scheme, moment("2026-01-20T08:00"), CALENDAR).on == day("2026-02-24")


def test_hours_run_through_the_night_and_the_holiday() -> None:
    term = due(a_scheme(24, Unit.HOUR, rolls=True), moment("2026-02-16T22:30"), CALENDAR)
    assert term == Due(day("2026-02-17"), moment("2026-02-17T22:30"), provisional=False)


@pytest.mark.parametrize("scheme", [WORKING_5, DAYS_15_ROLLING])
def test_an_end_in_a_year_without_announced_holidays_is_provisional(scheme: Scheme) -> None:
    assert not due(scheme, moment("2026-12-01T09:00"), CALENDAR).provisional
    assert due(scheme, moment("2026-12-30T09:00"), CALENDAR).provisional


def test_of_an_unknown_year_only_weekends_rest() -> None:
    term = due(WORKING_5, moment("2026-12-30T09:00"), CALENDAR)
    assert term == Due(day("2027-01-06"), moment("2027-01-06T23:59:59"), provisional=True)


def test_a_term_that_never_asks_the_calendar_is_not_provisional() -> None:
    assert not due(DAYS_60, moment("2026-12-01T09:00"), CALENDAR).provisional


@pytest.mark.parametrize("scheme", [WORKING_5, DAYS_60, HOURS_2])
def test_a_datetime_without_offset_is_refused(scheme: Scheme) -> None:
    with pytest.raises(ValueError, match="offset"):
        due(scheme, datetime(2026, 1, 5, 9, 0), CALENDAR)
    with pytest.raises(ValueError, match="offset"):
        is_over(due(scheme, moment("2026-01-05T09:00"), CALENDAR), datetime(2026, 1, 5))


def test_the_last_second_is_in_time_and_midnight_is_late() -> None:
    end = due(WORKING_5, moment("2026-03-02T09:00"), CALENDAR)
    assert not is_over(end, end.at)
    assert not is_over(end, end.at + timedelta(milliseconds=999))
    assert is_over(end, end.at + timedelta(seconds=1))


def test_what_is_left_counts_days_working_days_and_hours() -> None:
    end = due(WORKING_5, moment("2026-02-13T09:00"), CALENDAR)
    assert end.on == day("2026-02-27")
    left = remaining(end, moment("2026-02-14T12:00"), CALENDAR)
    assert (left.days, left.working_days, left.hours, left.overdue) == (13, 4, 323, False)


def test_what_is_late_is_negative() -> None:
    end = due(WORKING_5, moment("2026-03-02T09:00"), CALENDAR)
    late = remaining(end, moment("2026-03-12T06:00"), CALENDAR)
    assert (late.days, late.working_days, late.hours, late.overdue) == (-3, -3, -54, True)


def test_on_the_last_day_nothing_but_hours_is_left() -> None:
    end = due(WORKING_5, moment("2026-03-02T09:00"), CALENDAR)
    left = remaining(end, moment("2026-03-09T20:00"), CALENDAR)
    assert (left.days, left.working_days, left.hours, left.overdue) == (0, 0, 3, False)


def test_an_extension_is_counted_from_the_start_so_that_rolling_adds_nothing() -> None:
    term = Term(
        a_scheme(60, Unit.CALENDAR_DAY, rolls=True, extendable=30), moment("2026-03-03T09:00")
    )
    assert due_of(term, CALENDAR).on == day("2026-05-06")
    longer = extended(term, 30, moment("2026-05-06T23:00"), CALENDAR)
    assert due_of(longer, CALENDAR).on == day("2026-06-01")


def test_an_extension_is_refused_after_the_end() -> None:
    with pytest.raises(StepRefused) as refusal:
        extended(Term(DAYS_60, moment("2026-03-01T09:00")), 5, moment("2026-05-01T00:00"), CALENDAR)
    assert refusal.value.key == "extend.after_due"
    assert refusal.value.values == {"due": day("2026-04-30")}


def test_extensions_do_not_exceed_what_the_scheme_allows_in_all() -> None:
    asked_at = moment("2026-04-01T09:00")
    once = extended(Term(DAYS_60, moment("2026-03-01T09:00")), 20, asked_at, CALENDAR)
    with pytest.raises(StepRefused) as refusal:
        extended(once, 11, asked_at, CALENDAR)
    assert refusal.value.key == "extend.too_long"
    assert refusal.value.values == {"most": 10}


def test_a_scheme_without_extension_has_none() -> None:
    with pytest.raises(StepRefused, match="not_allowed"):
        extended(
            Term(WORKING_5, moment("2026-03-02T09:00")), 1, moment("2026-03-03T09:00"), CALENDAR
        )


@pytest.mark.parametrize(
    ("scheme", "end"),
    [
        (WORKING_5, "2026-03-12T23:59:59"),
        (DAYS_60, "2026-05-06T23:59:59"),
        (a_scheme(48, Unit.HOUR), "2026-03-09T11:30"),
        (a_scheme(1, Unit.MONTH), "2026-04-07T23:59:59"),
    ],
)
def test_time_that_stood_still_does_not_count(scheme: Scheme, end: str) -> None:
    term = paused(Term(scheme, moment("2026-03-02T09:00")), moment("2026-03-03T09:00"))
    gone_on = resumed(term, moment("2026-03-08T11:30"))
    assert due_of(gone_on, CALENDAR).at == moment(end)


def test_a_pause_within_one_day_moves_no_day() -> None:
    term = paused(Term(WORKING_5, moment("2026-03-02T09:00")), moment("2026-03-03T09:00"))
    assert due_of(resumed(term, moment("2026-03-03T17:00")), CALENDAR).on == day("2026-03-09")


def test_a_term_is_not_paused_twice_nor_resumed_when_it_runs() -> None:
    term = Term(WORKING_5, moment("2026-03-02T09:00"))
    with pytest.raises(StepRefused, match="not_paused"):
        resumed(term, moment("2026-03-03T09:00"))
    with pytest.raises(StepRefused, match="paused_already"):
        paused(paused(term, moment("2026-03-03T09:00")), moment("2026-03-04T09:00"))
    with pytest.raises(StepRefused, match="before_start"):
        paused(term, moment("2026-03-01T09:00"))


@given(
    st.dates(day("2024-01-01"), day("2026-06-30")), st.integers(1, 90), st.sampled_from(list(Unit))
)
@settings(deadline=None)
def test_a_longer_term_never_ends_earlier(start: date, count: int, unit: Unit) -> None:
    started = datetime.combine(start, datetime.min.time(), SHANGHAI)
    shorter = due(a_scheme(count, unit, rolls=True), started, CALENDAR)
    longer = due(a_scheme(count + 1, unit, rolls=True), started, CALENDAR)
    assert started < shorter.at <= longer.at


@given(st.dates(day("2024-01-01"), day("2026-09-30")), st.integers(1, 60))
@settings(deadline=None)
def test_counting_there_and_back_agrees(start: date, count: int) -> None:
    started = datetime.combine(start, datetime.min.time(), SHANGHAI)
    end = due(a_scheme(count, Unit.WORKING_DAY), started, CALENDAR).on
    assert working_days_between(start, end, CALENDAR) == count
    assert CALENDAR.is_working(end)
