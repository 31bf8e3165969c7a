"""D3: the days of each year by jurisdiction, which years are missing, and what waits for them."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.calendar import years
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from webforms import doors
from webforms.rules.table import chosen_pack, today
from webforms.staff.frame import staff_page


async def show(request: Request) -> Response:
    """One jurisdiction's years, the newest first, and its terms."""
    by = doors.actor(request)
    pack, sight, known = (
        await chosen_pack(by, request.query_params.get("of", "")),
        await sight_of(by),
        await packs(),
    )
    return staff_page(
        "admin/calendar",
        pack=pack,
        jurisdictions=[known.pack(code) for code in sorted(sight.jurisdictions)],
        years=await years(pack.code, today()),
        schemes=pack.schemes,
    )
