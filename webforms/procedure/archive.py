"""归档: finished orders filed from a list and taken out again; what was closed for now."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.lookups.archive import archive_of
from hotline.rules.lifecycle import ROLES
from hotline.rules.terms import Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.archive import archive
from hotline.steps.at import order_at
from hotline.steps.unarchive import unarchive
from webforms import doors
from webforms.desk.case import Retry
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem, whole
from webforms.visit import current

MOST = 100


async def home(request: Request) -> Response:
    """The three lists."""
    return await _page(request, Retry())


async def filing(request: Request) -> Response:
    """归档 of those chosen; each by itself, so that one that moved holds up no other."""
    form, by, now = form_of(request), doors.actor(request), current().now
    tenant, done, missed = (await pack_of(by)).tenant, 0, 0
    for chosen in form.fields.get("orders", [])[:MOST]:
        number, _, seen = chosen.partition(":")
        try:
            target = await order_at(tenant, number, whole(seen, digits=9))
            await archive(target, by=by, now=now)
            done += 1
        except (Stale, StepRefused, NotFound, NotAllowed):
            missed += 1
    return see_other(f"/archive?filed={done}&missed={missed}")


async def taking_out(request: Request) -> Response:
    """调卷."""
    form, by = form_of(request), doors.actor(request)
    tenant, number = (await pack_of(by)).tenant, request.path_params["number"]
    try:
        why = form.text("reason", most=LONGEST_REASON)
        await unarchive(await order_at(tenant, number), why, by=by, now=current().now)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await _page(request, Retry(form, said), status_code=422)
    return see_other(f"/desk/orders/{number}?done={Step.UNARCHIVE}")


async def _page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by = doors.actor(request)
    return staff_page(
        "procedure/archive",
        status_code=status_code,
        lists=await archive_of(by, current().now),
        may_take_out=any(by.may(role) for role in ROLES[Step.UNARCHIVE]),
        filed=whole(request.query_params.get("filed", ""), digits=3),
        missed=whole(request.query_params.get("missed", ""), digits=3),
        retry=retry,
        short=short,
    )
