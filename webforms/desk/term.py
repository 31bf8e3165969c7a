"""期限: the page that tells why a term ends on its day, day by day."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.term_days import term_days
from webforms import doors
from webforms.staff.frame import staff_page
from webforms.visit import current


async def show(request: Request) -> Response:
    """Every day from the start to the last legal day, and why it counts or does not."""
    number, scheme = request.path_params["number"], request.path_params["scheme"]
    term = await term_days(doors.actor(request), number, scheme, current().now)
    return staff_page("desk/term", term=term)
