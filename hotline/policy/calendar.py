"""工作日历: one year's days off and make-up working days, read from a file, checked, laid in."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.policy.load import json_ready
from hotline.rules.toml_text import read_toml

TOPIC: Final = "calendar"
SATURDAY: Final = 5
MOST_AROUND: Final = timedelta(days=14)  # a notice of one year may move days of the next to it
KINDS: Final = {"off": "off", "休": "off", "work": "work", "班": "work"}
FIELDS: Final = ("off", "work", "source", "mark")


def read_year(text: str, year: int, source: str = "") -> dict[str, Any]:
    """One year's row from TOML as the shipped files are written, or CSV `date,off|work`.

    StepRefused with what is wrong: a day that is not told is never guessed.
    """
    said = _from_toml(text) if "=" in text else _from_csv(text)
    if said.get("year", year) != year:
        raise StepRefused("calendar.other_year", year=said["year"])
    row = {"code": str(year), **{name: said[name] for name in FIELDS if said.get(name)}}
    if source:
        row["source"] = source
    if faults := faults_of_year(row):
        raise StepRefused("calendar.faults", what="; ".join(faults))
    return row


def with_year(content: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """The calendar with this year in it, in the place of what it said of that year."""
    others = [one for one in content.get("year", ()) if one["code"] != row["code"]]
    years = sorted([*others, dict(row)], key=lambda one: str(one["code"]))
    return {**content, "year": years}


def faults_of_calendar(content: Mapping[str, Any]) -> list[str]:
    """The years that cannot be right."""
    years = content.get("year", ())
    return [str(row.get("code")) for row in years if faults_of_year(row, content)]


def faults_of_year(row: Mapping[str, Any], content: Mapping[str, Any] | None = None) -> list[str]:
    """What cannot be right in a year's row."""
    return list(_faults(row, content or {}))


def _faults(row: Mapping[str, Any], content: Mapping[str, Any]) -> Iterator[str]:
    if not (row.get("source") or content.get("source")):
        yield "no source"
    try:
        off, work = (list(map(date.fromisoformat, row.get(key, ()))) for key in ("off", "work"))
        first, last = date(int(row["code"]), 1, 1), date(int(row["code"]), 12, 31)
    except (TypeError, ValueError) as error:
        yield f"no day: {error}"
        return
    if not off:
        yield "no day off"
    yield from _days_astray(set(off), set(work), first, last)


def _days_astray(off: set[date], work: set[date], first: date, last: date) -> Iterator[str]:
    for day in sorted(off | work):
        if not first - MOST_AROUND <= day <= last + MOST_AROUND:
            yield f"{day} is of another year"
    for day in sorted(off & work):
        yield f"{day} both off and at work"
    for day in sorted(work):
        if day.weekday() < SATURDAY:
            yield f"{day} works anyway: no weekend"


def _from_toml(text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json_ready(read_toml(text))
    except ValueError as error:
        raise StepRefused("draft.toml", what=str(error)) from error
    return found


def _from_csv(text: str) -> dict[str, Any]:
    """`2027-01-01,off` a line; a head of one line is passed over."""
    found: dict[str, Any] = {"off": [], "work": []}
    lines = [one for one in csv.reader(io.StringIO(text.lstrip("\ufeff"))) if any(one)]
    for number, line in enumerate(lines, start=1):
        day, kind = (*(cell.strip() for cell in line), "")[:2]
        if kind in KINDS:
            found[KINDS[kind]].append(day)
        elif number > 1:
            raise StepRefused("calendar.line", line=number)
    return found
