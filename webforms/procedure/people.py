"""交接、请假代理、回避: orders handed to a colleague, a deputy for some days, who keeps out."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotAllowed, NotFound, Stale, StepRefused
from hotline.lookups import people_at_work as lookup
from hotline.lookups import staff
from hotline.rules.actor import Actor
from hotline.rules.terms import Role, Step
from hotline.rules.wording import LONGEST_REASON
from hotline.steps.absence import Away, be_away, be_back
from hotline.steps.act_for import act_as_oneself, act_for
from hotline.steps.at import order_at
from hotline.steps.handover import handover
from hotline.steps.recuse import recuse
from hotline.steps.transition import Target
from webforms import cookies, doors
from webforms.desk.aside import taken
from webforms.desk.case import Retry, case_page
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Form, Problem, a_day, whole
from webforms.visit import current

MOST = 500


async def home(request: Request) -> Response:
    """Who has what in hand."""
    hands = await lookup.hands(doors.actor(request))
    return staff_page("procedure/handover", hands=hands, short=short)


async def of_person(request: Request) -> Response:
    """One person's open orders, and who may take them."""
    return await _person_page(request, Retry())


async def handing_over(request: Request) -> Response:
    """交接 of those chosen; each by itself, so that one that moved holds up no other."""
    form, by, now = form_of(request), doors.actor(request), current().now
    to, tenant = form.text("to", most=64, need="handover.need_to"), (await pack_of(by)).tenant
    chosen = form.fields.get("orders", [])[:MOST]
    if not chosen or form.problems:
        said = Problem("handover.need_to" if form.problems else "handover.need_orders")
        return await _person_page(request, Retry(form, said), status_code=422)
    done, missed = 0, 0
    for one in chosen:
        number, _, seen = one.partition(":")
        try:
            target = await order_at(tenant, number, whole(seen, digits=9))
            await handover(target, to, by=by, now=now)
            done += 1
        except (Stale, StepRefused, NotFound, NotAllowed):
            missed += 1
    return see_other(f"/handover/{request.path_params['login']}?handed={done}&missed={missed}")


async def absence(request: Request) -> Response:
    """The own days away, and for whom one stands in."""
    return await _absence_page(request, Retry())


async def going(request: Request) -> Response:
    """请假代理."""
    form, by, now = form_of(request), doors.actor(request), current().now
    first, last = a_day(form.raw("first")), a_day(form.raw("last"))
    if first is None or last is None:
        said = Problem("refused.absence.bad_days")
        return await _absence_page(request, Retry(form, said), status_code=422)
    try:
        own = await _own_login(by)
        await be_away(Away(own, form.text("deputy", most=64), first, last), by, now)
    except (StepRefused, NotFound) as fault:
        key = fault.key if isinstance(fault, StepRefused) else "absence.no_deputy"
        return await _absence_page(request, Retry(form, Problem(f"refused.{key}")), status_code=422)
    return see_other("/account/absence?done=absence")


async def coming_back(request: Request) -> Response:
    """Back earlier than thought."""
    found = await lookup.away(await _tenant(request), doors.actor(request), current().now)
    mine = [one.id for one in found if str(one.id) == form_of(request).raw("absence")]
    if not mine:
        raise NotFound("absence")
    await be_back(mine[0], doors.actor(request), current().now)
    return see_other("/account/absence?done=absence")


async def acting_for(request: Request) -> Response:
    """代理: from now on in that person's name."""
    found = await lookup.standing_in(await _tenant(request), doors.actor(request), current().now)
    whom = [one.staff_id for one in found if str(one.id) == form_of(request).raw("absence")]
    if not whom:
        raise NotFound("absence")
    await act_for(_token(request), UUID(str(whom[0])), current().now)
    return see_other("/staff")


async def as_oneself(request: Request) -> Response:
    """In the own name again."""
    await act_as_oneself(_token(request))
    return see_other("/account/absence")


async def withdrawing(request: Request) -> Response:
    """回避."""
    form, by = form_of(request), doors.actor(request)
    login = form.text("login", most=64) if by.may(Role.SUPERVISOR) else ""
    why = form.text("reason", most=LONGEST_REASON)

    async def take(at: Target) -> None:
        await recuse(at, why, login=login, by=by, now=current().now)

    answer = await taken(request, Step.RECUSE, take, case_page)
    return see_other("/staff") if answer.status_code == 303 and not login else answer


async def _person_page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, login = doors.actor(request), request.path_params["login"]
    tenant = await _tenant(request)
    found = await staff.found_person(tenant, login)
    if found is None:
        raise NotFound("account")
    held = await lookup.in_hand(by, found.row.login)
    leads = {one.lead for one in held}
    takers = {
        lead: await lookup.colleagues(tenant, lead, found.row.login, Role.HANDLER.value)
        for lead in leads
    }
    return staff_page(
        "procedure/handing",
        status_code=status_code,
        person=found.row,
        held=held,
        takers=takers,
        handed=whole(request.query_params.get("handed", ""), digits=3),
        missed=whole(request.query_params.get("missed", ""), digits=3),
        retry=retry,
        short=short,
    )


async def _absence_page(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    by, now, tenant = doors.actor(request), current().now, await _tenant(request)
    return staff_page(
        "procedure/absence",
        status_code=status_code,
        away=await lookup.away(tenant, by, now),
        standing_in=await lookup.standing_in(tenant, by, now),
        deputies=await _deputies(tenant, by),
        now=now,
        retry=retry,
        form=retry.form or Form(),
        short=short,
    )


async def _deputies(tenant: str, by: Actor) -> tuple[lookup.Colleague, ...]:
    return await lookup.colleagues(tenant, by.department, await _own_login(by))


async def _own_login(by: Actor) -> str:
    return await staff.login_of_account(by.id)


async def _tenant(request: Request) -> str:
    return (await pack_of(doors.actor(request))).tenant


def _token(request: Request) -> str:
    return request.cookies.get(cookies.STAFF, "")
