"""S4 考核: a month's cohort by department and county, with curve, bars, map and formula."""

from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.assessment import (
    Asked,
    Line,
    Month,
    Part,
    assessment,
    cohort_orders,
    months,
)
from hotline.lookups.county_map import CountyMap, blank_map
from hotline.lookups.exports import exports
from hotline.lookups.order_rows import PAGE
from hotline.rules.county_map import ACROSS, TILE
from hotline.steps.count_cohort import count_cohort
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import near
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import whole
from webforms.visit import current

LONGEST: Final = 64  # of a department's code
SHADES: Final = ((60, 1), (80, 2), (90, 3), (101, 4))  # a score below, its shade
MOST_LINES: Final = 60


async def show(request: Request) -> Response:
    """The month; every number leads to its orders."""
    by, now = doors.actor(request), current().now
    month = month_of(request.query_params.get("month", ""))
    found = await assessment(by, month, now)
    drawn = await blank_map(await pack_of(by))
    return staff_page(
        "oversight/assessment",
        found=found,
        month=month,
        months=months(now),
        measures=[one.measure for one in found.scheme.weights] if found else [],
        names={one.measure: one.name for one in found.scheme.weights} if found else {},
        map=drawn,
        map_names={one.code: one.name for one in drawn.counties},
        **_map(found, drawn),
        exports=await exports(by),
        most=MOST_LINES,
        short=short,
        near=near(await pack_of(by)),
    )


async def orders(request: Request) -> Response:
    """The orders behind one number of one line."""
    asked = request.query_params
    part = Part(asked["part"]) if asked.get("part") in set(Part) else Part.ALL
    page = max(1, whole(asked.get("page", "")) or 1)
    wanted = Asked(
        month=month_of(asked.get("month", "")),
        part=part,
        lead=asked.get("lead", "")[:LONGEST],
        county=asked.get("county", "")[:LONGEST],
    )
    rows = await cohort_orders(doors.actor(request), wanted, current().now, page)
    return staff_page(
        "oversight/cohort",
        wanted=wanted,
        rows=rows,
        page=page,
        more=len(rows) >= PAGE,
        short=short,
        near=near(await pack_of(doors.actor(request))),
    )


async def count(request: Request) -> Response:
    """重新统计: the month, now, of everything this person's jurisdiction has."""
    month = month_of(form_of(request).raw("month"))
    await count_cohort(await pack_of(doors.actor(request)), month, current().now)
    return see_other(f"/assessment?month={month:%Y-%m}")


def month_of(typed: str) -> date:
    """The last whole month unless another was chosen."""
    known = {f"{one:%Y-%m}": one for one in months(current().now)}
    return known.get(typed) or months(current().now)[1]


def _map(found: Month | None, drawn: CountyMap) -> dict[str, Any]:
    scores: dict[str, Line] = {one.of.code: one for one in found.counties} if found else {}
    shade = {one.code: _shade(scores.get(one.code)) for one in drawn.counties}
    return {"shade": shade, "scores": scores, "across": ACROSS, "tile": TILE}


def _shade(line: Line | None) -> int:
    if line is None or line.score is None:
        return 0
    score = line.score
    return next(shade for below, shade in SHADES if score < below)
