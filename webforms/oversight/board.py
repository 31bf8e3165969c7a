"""S2 期限看板: what is late or comes back; each number leads to its orders."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.board import (
    MOST_LINES,
    Board,
    By,
    Measure,
    board,
    board_orders,
    late_reports,
)
from hotline.lookups.order_rows import PAGE
from webforms import doors
from webforms.staff.choices import near
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.fresh import fresh, mark_of
from webforms.staff.when import age, deadline, short
from webforms.submissions import whole
from webforms.visit import current

NARROWED: Final = ("lead", "county")
LONGEST: Final = 64  # of a department's code


async def show(request: Request) -> Response:
    """The whole board; its numbers stay fresh while it is looked at."""
    found = await board_of(request)
    part = _part(found)
    return staff_page(
        "oversight/board",
        board=found,
        lines=list(By),
        measures=list(Measure),
        short=short,
        mark=mark_of(part),
    )


async def numbers(request: Request) -> Response:
    """The numbers alone, for the page that is already open; 304 while none changed."""
    return fresh(request, _part(await board_of(request)))


async def orders(request: Request) -> Response:
    """The orders behind one number; behind that of late decisions, the reports."""
    asked, by, now = request.query_params, doors.actor(request), current().now
    what = Measure(asked["what"]) if asked.get("what") in set(Measure) else Measure.OVERDUE
    page = max(1, whole(asked.get("page", "")) or 1)
    wanted = {name: asked.get(name, "")[:LONGEST] for name in NARROWED}
    late = what is Measure.UNACCEPTED
    rows = () if late else await board_orders(by, what, now, wanted, page)
    reports = await late_reports(by, now, wanted["county"], page) if late else ()
    return staff_page(
        "oversight/orders",
        what=what,
        wanted=wanted,
        rows=rows,
        reports=reports,
        page=page,
        more=len(rows or reports) == PAGE,
        may_sign=False,
        near=near(await pack_of(by)),
        deadline=deadline,
        age=age,
        short=short,
    )


async def board_of(request: Request, most: int = MOST_LINES) -> Board:
    """By what, and of which county, as the address says."""
    asked = request.query_params
    lines = By(asked["by"]) if asked.get("by") in set(By) else By.DEPARTMENT
    county = asked.get("county", "")[:LONGEST]
    return await board(doors.actor(request), lines, current().now, county, most)


def _part(found: Board) -> Response:
    return staff_page("oversight/parts/lines", board=found, measures=list(Measure), short=short)
