"""文书 for paper and seal: one sheet each, printed by the browser."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.letters import Letter, order_letter, report_letter
from webforms import dates, doors
from webforms.staff.frame import staff_page
from webforms.texts import text
from webforms.visit import current


async def of_order(request: Request) -> Response:
    """工单, 转送函: nothing of any reporter."""
    at = request.path_params
    return _page(await order_letter(doors.actor(request), at["number"], at["kind"], current().now))


async def of_report(request: Request) -> Response:
    """受理、不予受理告知书, 答复意见, for one reporter."""
    at = request.path_params
    return _page(await report_letter(doors.actor(request), at["number"], at["kind"], current().now))


def _page(letter: Letter) -> Response:
    """In Chinese, days and terms too, whatever language its clerk reads."""
    within = letter.within
    term = text(f"days.unit.{within.unit}", count=within.count) if within else ""
    return staff_page("desk/letter", letter=letter, within=term, day=dates.day)
