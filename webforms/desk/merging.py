"""并单与拆分: who belongs to an order; one moved out, two merged, parted or linked."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, Stale, StepRefused
from hotline.lookups.belonging import around, may_part, members
from hotline.lookups.order import OrderView, order
from hotline.lookups.parting import due_after_merge, order_of, split_preview
from hotline.rules.lifecycle import check_merge
from hotline.rules.terms import OrderStage, Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.at import order_at
from hotline.steps.link import Linking, link, unlink
from hotline.steps.merge import Merging, merge
from hotline.steps.split import Splitting, split
from hotline.steps.transition import Target
from hotline.steps.unmerge import Unmerging, unmerge
from webforms import doors
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import deadline, short
from webforms.submissions import Form, Problem, whole
from webforms.visit import current


async def show_members(request: Request) -> Response:
    """Every report of the order, page by page, with how it belongs."""
    return await _members_page(request, Retry())


async def show_split(request: Request) -> Response:
    """What moving out would do, before it does."""
    chosen = request.query_params.getlist("report")
    if not chosen:
        return await _members_page(
            request, Retry(refused=Problem("merging.split_none")), status_code=422
        )
    return await _split_page(request, chosen, Retry())


async def take_split(request: Request) -> Response:
    """拆出."""
    form = form_of(request)
    chosen = form.fields.get("report", [])

    async def take(target: Target) -> str:
        ask = Splitting(tuple(chosen), form.text("reason", most=LONGEST_REASON))
        return await split(target, ask, by=doors.actor(request), now=current().now)

    async def again(retry: Retry, status_code: int) -> Response:
        try:
            return await _split_page(request, chosen, retry, status_code=status_code)
        except NotFound:  # they have left it meanwhile
            return await _members_page(request, retry, status_code=status_code)

    return await _taken(request, Step.SPLIT, take, again)


async def show_merge(request: Request) -> Response:
    """Two orders side by side, and what merging them would do."""
    return await _merge_page(request, request.query_params.get("into", ""), Retry())


async def take_merge(request: Request) -> Response:
    """合并."""
    form = form_of(request)
    into = form.text("into", most=40, need="merging.need_order")

    async def take(target: Target) -> str:
        ask = Merging(into, form.text("reason", most=LONGEST_REASON), form.version("seen_into"))
        return await merge(target, ask, by=doors.actor(request), now=current().now)

    async def again(retry: Retry, status_code: int) -> Response:
        return await _merge_page(request, into, retry, status_code=status_code)

    return await _taken(request, Step.MERGE, take, again)


async def take_unmerge(request: Request) -> Response:
    """解除合并."""
    form = form_of(request)

    async def take(target: Target) -> str:
        ask = Unmerging(form.text("reason", most=LONGEST_REASON))
        return await unmerge(target, ask, by=doors.actor(request), now=current().now)

    return await _taken(request, Step.UNMERGE, take, _on_case(request))


async def take_link(request: Request) -> Response:
    """关联."""
    return await _linked(request, Step.LINK)


async def take_unlink(request: Request) -> Response:
    """取消关联."""
    return await _linked(request, Step.UNLINK)


async def _linked(request: Request, step: Step) -> Response:
    form, by = form_of(request), doors.actor(request)
    act = link if step is Step.LINK else unlink

    async def take(target: Target) -> str:
        other = form.text("other", most=40)
        tenant = (await pack_of(by)).tenant
        ask = Linking(await order_of(tenant, other), form.text("reason", most=400))
        await act(target, ask, by=by, now=current().now)
        return str(request.path_params["number"])

    return await _taken(request, step, take, _on_case(request))


Again = Callable[[Retry, int], Awaitable[Response]]


async def _taken(
    request: Request, step: Step, take: Callable[[Target], Awaitable[str]], again: Again
) -> Response:
    """Take the step and go where it led, or show the page again with what stands in the way."""
    form, tenant = form_of(request), (await pack_of(doors.actor(request))).tenant
    try:
        target = await order_at(tenant, request.path_params["number"], form.version())
        led_to = await take(target)
    except Stale as stale:
        return await again(Retry(form, step=step, seen=stale.seen), 409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await again(Retry(form, said, step), 422)
    return see_other(f"/desk/orders/{led_to}?done={step}")


def _on_case(request: Request) -> Again:
    async def again(retry: Retry, status_code: int) -> Response:
        return await case_page(request, retry, status_code=status_code)

    return again


async def _members_page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    page = whole(request.query_params.get("page", ""), digits=5) or 1
    merged = view.stage is OrderStage.MERGED
    goes_on = (await around(by, view, now)).goes_on if merged else ""
    return staff_page(
        "desk/members",
        status_code=status_code,
        case=view,
        found=await members(view, page),
        goes_on=goes_on,
        may=may_part(by) and view.report_count > 1 and not goes_on,
        retry=retry,
        short=short,
    )


async def _split_page(
    request: Request, chosen: list[str], retry: Retry, *, status_code: int = 200
) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    return staff_page(
        "desk/split",
        status_code=status_code,
        case=view,
        preview=await split_preview(view.tenant_id, view.id, chosen),
        retry=retry,
    )


async def _merge_page(
    request: Request, typed: str, retry: Retry, *, status_code: int = 200
) -> Response:
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    other, problem = await _other(request, view, typed)
    form = retry.form
    if problem:
        form = Form(fields=form.fields, problems={"into": Problem(problem)})
    return staff_page(
        "desk/merge",
        status_code=status_code if other or not problem else 422,
        case=view,
        other=other,
        past=_past(view, other) if other else None,
        around=await around(by, view, now),
        due_on=await due_after_merge(view.tenant_id, other.id, view.opened_at, other.opened_at)
        if other
        else None,
        typed=typed,
        retry=retry,
        problems=form.problems,
        deadline=deadline,
        short=short,
    )


def _past(view: OrderView, other: OrderView) -> Problem | None:
    """Why these two can no longer be merged, whoever asks."""
    try:
        check_merge((view.number, view.stage), (other.number, other.stage))
    except StepRefused as refused:
        return Problem(f"refused.{refused.key}", refused.values)
    return None


async def _other(request: Request, view: OrderView, typed: str) -> tuple[OrderView | None, str]:
    """The order to compare with: by its own number, that of a report in it, or of a merged one."""
    if not typed:
        return None, ""
    by, now = doors.actor(request), current().now
    try:
        found = await order(by, await order_of(view.tenant_id, typed), now)
        goes_on = (await around(by, found, now)).goes_on
        found = await order(by, goes_on, now) if goes_on else found
    except NotFound:
        return None, "desk.not_found"
    return (None, "refused.merge.itself") if found.id == view.id else (found, "")
