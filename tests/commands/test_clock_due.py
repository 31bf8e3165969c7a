"""`clock due` answers without a server, and an independent calendar agrees with every answer."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest

from hotline.commands import run
from hotline.commands.clocks.ending import UNITS, _scheme, _shipped
from hotline.commands.launch.words import Trouble
from hotline.rules.clocks import SHANGHAI, due

CLONE = Path(__file__).parents[2]
LENGTHS = (1, 3, 5, 10, 15)


def asked(*words: str) -> list[str]:
    return ["due", "--jurisdiction", "522700", *words, "--json"]


def answer(capsys: pytest.CaptureFixture[str], start: str, count: int, unit: str) -> dict[str, Any]:
    run("clock", asked("--start", start, "--count", str(count), "--unit", unit))
    told: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return told


def by_the_oracle(start: date, count: int) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


def test_an_independent_calendar_agrees_on_every_start_and_length() -> None:
    calendar, cases = _shipped("360000"), 0  # a province without holidays of its own
    first, last = date(2024, 1, 1), date(2026, 12, 1)
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        started = datetime(day.year, day.month, day.day, 3, tzinfo=SHANGHAI)
        for length in LENGTHS:
            end = due(_scheme(length, UNITS["working"]), started, calendar)
            if not end.provisional:
                cases += 1
                assert end.on == by_the_oracle(day, length), (day, length)
    assert cases >= 2_500


def test_a_term_of_days_ends_with_the_last_second_of_its_last_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = answer(capsys, "2026-09-30T23:59:59+08:00", 1, "working")
    assert told["due"] == "2026-10-08T23:59:59+08:00"
    assert told["provisional"] is False


def test_a_start_in_another_offset_is_the_day_it_is_in_shanghai(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer(capsys, "2026-03-09T17:00:00Z", 1, "calendar")["due"].startswith("2026-03-11")
    assert answer(capsys, "2026-03-09T17:00:00Z", 2, "hour")["due"] == "2026-03-10T03:00:00+08:00"


def test_an_end_in_a_year_not_announced_is_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "2026-12-30", 5, "working")["provisional"] is True
    assert answer(capsys, "2026-12-30", 5, "calendar")["provisional"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("--start", "yesterday", "--count", "1", "--unit", "hour"),
        ("--start", "2026-01-01", "--count", "-1", "--unit", "hour"),
        ("--start", "2026-01-01", "--count", "999999", "--unit", "working"),
        ("--start", "9999-12-31", "--count", "5", "--unit", "calendar"),
    ],
)
def test_what_cannot_be_counted_is_said_in_one_line(words: tuple[str, ...]) -> None:
    with pytest.raises(Trouble):
        run("clock", asked(*words))


def test_an_unknown_jurisdiction_is_refused() -> None:
    with pytest.raises(Trouble, match="no such pack"):
        run("clock", ["due", "--jurisdiction", "999999", *asked()[3:-1], "--start", "2026-01-01",
                      "--count", "1", "--unit", "hour"])  # fmt: skip


def test_it_loads_neither_the_queue_nor_the_database() -> None:
    code = (
        "import sys; from hotline.commands import run; run('clock', sys.argv[1:]);"
        "print([name for name in ('rq', 'tortoise', 'redis', 'asyncpg') if name in sys.modules])"
    )
    words = asked("--start", "2026-03-09", "--count", "1", "--unit", "working")
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=CLONE,
        env={**os.environ, "PYTHONPATH": str(CLONE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
