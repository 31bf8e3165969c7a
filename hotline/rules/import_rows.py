"""导入: one row of somebody else's table → one report, by a mapping of columns that is data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from math import isfinite, nan
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from hotline.errors import BadReport
from hotline.rules.report import Contact, Report, Story, faults
from hotline.rules.storable import storable
from hotline.rules.terms import Channel, Secrecy, Wish

Term = TypeVar("Term", bound=StrEnum)

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
LONGEST_NUMBER: Final = 64
FORMULA_MARK: Final = "'"  # before a cell that a spreadsheet would take for a formula
FORMULA_STARTS: Final = (
    "=@+-\t\r\n＝＠＋－"  # a Chinese or Japanese one takes the wide signs as well
)
EARLIEST: Final = date(1950, 1, 1)
CLOCKS_DIFFER: Final = timedelta(days=1)
FIELDS: Final = frozenset({
    "number", "time", "title", "text", "landmark", "source_name", "source_place", "occurred",
    "outlet", "url", "county", "township", "kinds", "wish", "secrecy", "channel", "name", "phone",
    "email", "sender", "paper_date", "longitude", "latitude", "system", "accuracy_m",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what. `needs`: a table is of this kind when it has all of these."""

    name: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]  # field → headings, the first filled one counts
    defaults: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # field → word → term
    times: tuple[str, ...] = ()  # strptime patterns, tried in order

    @property
    def headings(self) -> frozenset[str]:
        """Every column this mapping reads."""
        return frozenset(heading for several in self.columns.values() for heading in several)


@dataclass(frozen=True, slots=True)
class Into:
    """Where a table goes, and whether its rows are history."""

    tenant_id: str
    jurisdiction: str
    source: str
    history: bool
    now: datetime


def fitting(known: Sequence[Columns], header: Sequence[str]) -> Columns | None:
    """The first mapping whose needed columns the table has, and one that says what happened."""
    held = set(header)
    fit = (one for one in known if set(one.needs) <= held and held & set(one.columns["text"]))
    return next(fit, None)


def report_of(row: Mapping[str, Any], columns: Columns, into: Into) -> Report:
    """The report of one row. BadReport names every field that is wrong."""
    cells = _Cells(row, columns)
    happened = cells.moment("time")
    report = Report(
        tenant_id=into.tenant_id,
        jurisdiction=into.jurisdiction,
        channel=cells.term("channel", Channel),
        wish=cells.term("wish", Wish),
        story=_story(cells),
        contact=(contact := _contact(cells, into)),
        secrecy=cells.term("secrecy", Secrecy) if cells.text("secrecy") else _secrecy(contact),
        county=cells.code("county"),
        township=cells.code("township"),
        kinds=tuple(re.findall(r"[a-z]+(?:[._][a-z]+)*", cells.text("kinds"))),
        foreign_number=cells.text("number") or None,
        paper_date=paper.date() if (paper := cells.moment("paper_date")) else None,
        registered_at=happened if into.history else None,
        partner_received_at=None if into.history else happened,
    )
    _check_number_and_time(cells, report, into, happened)
    if found := faults(report) | cells.faults:
        raise BadReport(found)
    return report


def parsed_time(value: object, patterns: Sequence[str], zone: tzinfo = SHANGHAI) -> datetime | None:
    """A cell as a moment: a spreadsheet's own, ISO, or the first pattern that fits; else None."""
    if isinstance(value, datetime):
        return _placed(value, zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    said = str(value).strip()
    for parse in (datetime.fromisoformat, *(_by(pattern) for pattern in patterns)):
        try:
            return _placed(parse(said), zone)
        except ValueError:
            continue
    return None


def cell_text(value: object) -> str:
    """A cell as text: a spreadsheet keeps numbers and telephone numbers as fractions."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = storable(str(value)).strip()
    is_marked = text[:1] == FORMULA_MARK and text[1:2] in tuple(FORMULA_STARTS)
    return text[1:] if is_marked else text


def left_over(row: Mapping[str, Any], columns: Columns) -> dict[str, str]:
    """What the table says beyond the mapping; kept sealed with the report."""
    mapped = columns.headings
    told = {name: cell_text(value) for name, value in row.items() if name not in mapped}
    return {name: value for name, value in told.items() if value}


class _Cells:
    """A row under its mapping; every fault is noted under the field's name."""

    def __init__(self, row: Mapping[str, Any], columns: Columns) -> None:
        self.row, self.columns = row, columns
        self.faults: dict[str, str] = {}

    def raw(self, name: str) -> object:
        for heading in self.columns.columns.get(name, ()):
            if cell_text(value := self.row.get(heading)):
                return value
        return ""

    def text(self, name: str) -> str:
        return cell_text(self.raw(name))

    def term(self, name: str, terms: type[Term]) -> Term:
        """A term by its own word or by the mapping's; nothing said is the mapping's default."""
        default = terms(self.columns.defaults[name]) if name in self.columns.defaults else None
        said = self.text(name)
        if not said and default:
            return default
        try:
            return terms(self.columns.words.get(name, {}).get(said, said))
        except ValueError:
            self.faults[name] = "import.unknown_word"
            return default or next(iter(terms))

    def moment(self, name: str) -> datetime | None:
        value = self.raw(name)
        if not cell_text(value):
            return None
        found = parsed_time(value, self.columns.times)
        if found is None:
            self.faults[name] = "import.no_time"
        return found

    def number(self, name: str) -> float | None:
        said = self.text(name)
        try:
            found = float(said) if said else None
        except ValueError:
            found = nan
        if found is None or isfinite(found):
            return found
        self.faults[name] = "import.not_number"
        return None

    def code(self, name: str) -> str | None:
        """A division code; a place in words is read from the text instead."""
        said = self.text(name)
        return said if said.isascii() and said.isdigit() and len(said) <= 12 else None


def _story(cells: _Cells) -> Story:
    names = ("text", "title", "source_name", "source_place", "occurred", "outlet", "url")
    places = [cells.text(name) for name in ("county", "township") if not cells.code(name)]
    landmark = " ".join(filter(None, [*places, cells.text("landmark")]))
    told: dict[str, Any] = {name: cells.text(name) for name in (*names, "system")}
    told |= {name: cells.number(name) for name in ("longitude", "latitude", "accuracy_m")}
    return Story(landmark=landmark, **told)


def _contact(cells: _Cells, into: Into) -> Contact:
    sender = cells.text("sender")
    return Contact(
        name=cells.text("name"),
        phone=cells.text("phone"),
        email=cells.text("email"),
        openid=f"{into.source}:{sender}" if sender else "",
    )


def _secrecy(contact: Contact) -> Secrecy:
    return Secrecy.ANONYMOUS if contact.is_empty() else Secrecy.CONFIDENTIAL


def _check_number_and_time(
    cells: _Cells, report: Report, into: Into, happened: datetime | None
) -> None:
    number = report.foreign_number or ""
    if len(number) > LONGEST_NUMBER or not number.isprintable():
        cells.faults["number"] = "import.bad_number"
    if into.history and happened is None:
        cells.faults.setdefault("time", "import.time_missing")
    if happened and not (happened.date() >= EARLIEST and happened <= into.now + CLOCKS_DIFFER):
        cells.faults["time"] = "import.out_of_time"


def _placed(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _by(pattern: str) -> Any:
    return lambda said: datetime.strptime(said, pattern)
