"""查找: by a number or by words; what is looked for is posted, and stands in no address."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.search import search
from webforms import doors
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short


async def find(request: Request) -> Response:
    """One order goes straight to its page; several are listed."""
    form = form_of(request)
    asked = form.text("q", most=60)
    found = await search(doors.actor(request), asked, whole=bool(form.raw("whole")))
    orders = {hit.order for hit in found.hits}
    if found.how == "number" and len(orders) == 1 and "" not in orders:
        return see_other(f"/desk/orders/{orders.pop()}")
    return staff_page("desk/found", found=found, asked=asked, short=short)
