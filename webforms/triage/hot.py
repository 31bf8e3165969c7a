"""热点: the reports that all suggest one order, looked at together, each joined by itself."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import HotlineError
from hotline.lookups.hot import waiting
from hotline.rules.actor import Actor
from hotline.rules.terms import Relation
from hotline.steps.at import request_at
from hotline.steps.join import Joining, join
from webforms import doors
from webforms.doors import form_of
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem
from webforms.visit import current

MOST: Final = 200
LONGEST_VERSION: Final = 9


async def show(request: Request) -> Response:
    """The list, to be looked at before anything is joined."""
    return await _page(request, joined=0, skipped=[])


async def joining(request: Request) -> Response:
    """Each in a transaction of its own; one that changed meanwhile is left out and named."""
    form, by = form_of(request), doors.actor(request)
    chosen = form.fields.get("reports", [])[:MOST]
    if not chosen:
        form.problem("reports", "hot.choose")
        return await _page(request, joined=0, skipped=[], problems=form.problems)
    order, skipped = request.path_params["number"], []
    likest = {one.number: one.relation for one in (await waiting(by, order))[1]}
    for one in chosen:
        number, _, seen = one.partition(":")
        relation = likest.get(number)
        if not relation or not await _joined(by, number, seen, Joining(order, Relation(relation))):
            skipped.append(number)
    return await _page(request, joined=len(chosen) - len(skipped), skipped=skipped)


async def _joined(by: Actor, number: str, seen: str, ask: Joining) -> bool:
    if not (seen.isascii() and seen.isdigit() and len(seen) < LONGEST_VERSION):
        return False
    try:
        target = await request_at((await pack_of(by)).tenant, number, int(seen))
        await join(target, ask, by=by, now=current().now)
    except HotlineError:
        return False
    return True


async def _page(
    request: Request,
    *,
    joined: int,
    skipped: list[str],
    problems: dict[str, Problem] | None = None,
) -> Response:
    order, reports = await waiting(doors.actor(request), request.path_params["number"])
    return staff_page(
        "triage/hot",
        status_code=422 if problems else 200,
        order=order,
        reports=reports,
        joined=joined,
        skipped=skipped,
        short=short,
        problems=problems or {},
    )
