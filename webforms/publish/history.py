"""公开历史: every state of what anybody could read of a matter, and what stood on one day."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.public_history import on_day, versions
from hotline.rules.clocks import SHANGHAI
from webforms import doors
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import a_day
from webforms.visit import current


async def show(request: Request) -> Response:
    """`?on=2026-05-01`: what was public at that day's end; without it, today."""
    number = request.path_params["number"]
    states = await versions(doors.actor(request), number)
    day = _day(request.query_params.get("on", ""))
    return staff_page(
        "publish/history",
        number=number,
        states=states,
        day=day,
        stood=on_day(states, day),
        short=short,
    )


def _day(typed: str) -> date:
    return a_day(typed) or current().now.astimezone(SHANGHAI).date()
