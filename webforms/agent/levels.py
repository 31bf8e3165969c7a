"""话务质量: what the line is held to and what it kept, by day and hour, down to the calls."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups import service_levels as lookup
from hotline.rules.clocks import SHANGHAI
from hotline.rules.service_levels import Counts, falls_short
from hotline.rules.spreadsheet import CSV, Line, as_csv
from webforms import doors
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import a_day
from webforms.visit import current

WEEK: Final = timedelta(days=6)
LONGEST: Final = timedelta(days=92)
COUNTED: Final = ("calls", "connected", "quick", "missed", "hung_up", "messages")
SHARES: Final = ("connected", "quick", "called_back", "heard", "media")
LEADS: Final = frozenset(lookup.OF)  # figures whose calls can be looked at


@dataclass(frozen=True, slots=True)
class Asked:
    """Days, or the hours of one day."""

    first: date
    last: date
    hours: bool

    @property
    def unit(self) -> lookup.Unit:
        """What a row is."""
        return "hour" if self.hours else "day"

    def named(self, at: datetime) -> str:
        """A row's name."""
        return f"{at:%H:%M}" if self.hours else f"{at:%Y-%m-%d}"


async def show(request: Request) -> Response:
    """The page."""
    asked = _asked(request)
    found = await _found(request, asked)
    return staff_page(
        "agent/levels",
        asked=asked,
        levels=found,
        counted=COUNTED,
        shares=SHARES,
        leads=LEADS,
        short_of=falls_short,
        short=short,
    )


async def file(request: Request) -> Response:
    """The same as CSV, in UTF-8 with a mark that spreadsheets know."""
    asked, t = _asked(request), current().t
    found = await _found(request, asked)
    heads = [t(f"levels.{name}") for name in COUNTED]
    lines: list[Line] = [
        [t("levels.at"), *heads, *(t(f"levels.share.{name}") for name in SHARES)],
        *([asked.named(at), *_figures(counts)] for at, counts in found.rows),
        [t("levels.total"), *_figures(found.total)],
    ]
    headers = {"content-disposition": f'attachment; filename="line-{asked.first}-{asked.last}.csv"'}
    return Response(as_csv(lines), media_type=CSV, headers=headers)


async def calls(request: Request) -> Response:
    """The calls behind a figure."""
    asked = _asked(request)
    of = request.query_params.get("of", "")
    of = of if of in LEADS else "calls"
    since, until = lookup.span(asked.first, asked.last)
    hour = request.query_params.get("hour", "")
    if hour.isascii() and hour.isdigit() and int(hour[:2]) < 24:
        since += timedelta(hours=int(hour[:2]))
        until = since + timedelta(hours=1)
    found = await lookup.calls(doors.actor(request), of, since, until)
    return staff_page(
        "agent/calls_behind", calls=found, of=of, asked=asked, hour=hour[:2], short=short
    )


def _figures(counts: Counts) -> list[Any]:
    shares = counts.shares()
    told = ["" if shares[name] is None else shares[name] for name in SHARES]
    return [*(getattr(counts, name) for name in COUNTED), *told]


async def _found(request: Request, asked: Asked) -> lookup.Levels:
    by, now = doors.actor(request), current().now
    return await lookup.levels(by, *lookup.span(asked.first, asked.last), asked.unit, now)


def _asked(request: Request) -> Asked:
    today = current().now.astimezone(SHANGHAI).date()
    if day := _day(request, "day"):
        return Asked(day, day, hours=True)
    last = min(_day(request, "until") or today, today)
    first = _day(request, "since") or last - WEEK
    return Asked(max(min(first, last), last - LONGEST), last, hours=False)


def _day(request: Request, name: str) -> date | None:
    return a_day(request.query_params.get(name, ""))
