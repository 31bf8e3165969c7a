"""A term explains itself day by day, and its last day is the one the clock uses."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.times import calendar_of
from hotline.policy.topics import Topic
from hotline.rules.clocks import SHANGHAI, Scheme, Term, Unit, due, due_of
from hotline.rules.day_by_day import (
    HOLIDAY,
    MAKE_UP,
    PAUSED,
    ROLLED,
    START,
    WEEKEND,
    WORKING,
    day_by_day,
    days_of,
)

CALENDAR = calendar_of(
    Topic("522700", "calendar", topics_of(packs_on_disk(), "522700")["calendar"])
)


def scheme(count: int, unit: Unit, *, rolls: bool = False) -> Scheme:
    return Scheme("asked", "", "order", count, unit, "", rolls=rolls)


def days(start: str, count: int, unit: Unit, *, rolls: bool = False) -> list[tuple[str, str, int]]:
    started = datetime.fromisoformat(start).replace(tzinfo=SHANGHAI)
    told = day_by_day(scheme(count, unit, rolls=rolls), started, CALENDAR)
    return [(f"{one.on:%m-%d}", one.why, one.count) for one in told]


def test_a_make_up_saturday_counts_and_the_spring_festival_does_not() -> None:
    told = days("2026-02-13T03:00", 2, Unit.WORKING_DAY)
    assert told[0] == ("02-13", START, 0)
    assert told[1] == ("02-14", MAKE_UP, 1)
    assert {why for _, why, _ in told[2:-1]} == {HOLIDAY}
    assert told[-1] == ("02-24", WORKING, 2)


def test_a_plain_weekend_is_named_as_one() -> None:
    told = days("2026-03-06T10:00", 1, Unit.WORKING_DAY)
    assert [why for _, why, _ in told] == [START, WEEKEND, WEEKEND, WORKING]


def test_a_term_that_rolls_names_the_days_it_was_moved_by() -> None:
    told = days("2026-09-24T10:00", 1, Unit.CALENDAR_DAY, rolls=True)
    assert told[1][2] == 1
    assert [why for _, why, _ in told[2:]] == [ROLLED] * (len(told) - 2)
    assert told[-1][0] == "09-28"


def test_days_of_a_year_whose_holidays_are_not_announced_are_marked() -> None:
    started = datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)
    told = day_by_day(scheme(3, Unit.WORKING_DAY), started, CALENDAR)
    assert [one.is_known for one in told] == [one.on.year == 2026 for one in told]


@settings(max_examples=300, deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 30)),
    st.integers(0, 90),
    st.sampled_from(Unit),
    st.booleans(),
)
def test_the_last_day_is_the_due_day_and_the_count_is_whole(
    at: datetime, count: int, unit: Unit, rolls: bool
) -> None:
    started, asked = at.replace(tzinfo=SHANGHAI), scheme(count, unit, rolls=rolls)
    told = day_by_day(asked, started, CALENDAR)
    assert told[-1].on == due(asked, started, CALENDAR).on
    assert [one.on for one in told] == [
        told[0].on + timedelta(days=number) for number in range(len(told))
    ]
    counted = [one.count for one in told if one.count]
    if unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}:
        assert counted == list(range(1, count + 1))
    assert told[0].on == date(at.year, at.month, at.day)


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2026, 6, 1)),
    st.integers(3, 40),
    st.integers(0, 30),
    st.tuples(st.integers(0, 2), st.integers(0, 15)),
    st.sampled_from((Unit.WORKING_DAY, Unit.CALENDAR_DAY)),
)
def test_an_extended_and_paused_term_counts_every_day_but_those_it_stood_still(
    start: datetime, count: int, more: int, pause: tuple[int, int], unit: Unit
) -> None:
    started = start.replace(tzinfo=SHANGHAI)
    after, still = pause
    since = started + timedelta(days=after)
    pauses = ((since, since + timedelta(days=still)),)
    term = Term(scheme(count, unit), started, more, pauses)
    told = days_of(term, CALENDAR)
    assert told[-1].on == due_of(term, CALENDAR).on
    assert max(one.count for one in told) == count + more
    assert sum(one.why == PAUSED for one in told) == still
