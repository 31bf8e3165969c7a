"""H1: the department's queue by what is to be done next; bulk 签收; rows that stay fresh."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import HotlineError
from hotline.lookups.desk import DeskPage, Tab, queue, tab_counts, tab_rows
from hotline.lookups.order_rows import MOST_COUNTED, DeskRow
from hotline.rules.actor import Actor
from hotline.rules.lifecycle import check_may
from hotline.rules.terms import Role, Step
from hotline.steps.at import order_at
from hotline.steps.sign import sign
from webforms import doors
from webforms.desk.filters import offered, wanted_of
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import near
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.fresh import fresh, mark_of
from webforms.staff.when import age, deadline
from webforms.submissions import whole
from webforms.visit import current

MOST_SIGNED = 50
TABS: Final = {tab.value: tab for tab in Tab}


async def show(request: Request) -> Response:
    """One tab of the queue."""
    found = await _queue(request)
    rows = await _rows(found.tab, found.rows, doors.actor(request))
    asked = request.query_params
    return staff_page(
        "desk/queue",
        queue=found,
        tabs=list(Tab),
        signed=_number(asked.get("signed", "")),
        missed=_number(asked.get("missed", "")),
        mark=mark_of(_part(rows)),
        more_than=MOST_COUNTED,
        **await offered(doors.actor(request), wanted_of(asked)),
        **rows,
    )


async def rows(request: Request) -> Response:
    """The rows alone, for the page that is already open; 304 while nothing changed.

    Nothing is counted for them, unless the page is no more.
    """
    by, asked = doors.actor(request), request.query_params
    if (tab := TABS.get(asked.get("tab", ""))) is not None:
        page = _number(asked.get("page", "")) or 1
        if (found := await tab_rows(by, tab, current().now, page, wanted_of(asked))) or page <= 1:
            return fresh(request, _part(await _rows(tab, found, by)))
    whole_page = await _queue(request)
    return fresh(request, _part(await _rows(whole_page.tab, whole_page.rows, by)))


async def sign_many(request: Request) -> Response:
    """签收 of everything ticked, each by itself: what another has changed meanwhile is left out."""
    by, now = doors.actor(request), current().now
    check_may(Step.SIGN, by)
    tenant = (await pack_of(by)).tenant
    chosen = form_of(request).fields.get("orders", [])[:MOST_SIGNED]
    signed = 0
    for one in chosen:
        number, _, version = one.partition(":")
        try:
            await sign(await order_at(tenant, number, _number(version)), by=by, now=now)
        except HotlineError:  # of one from which this person has withdrawn, too
            continue
        signed += 1
    path = f"/desk?tab={Tab.TO_SIGN}&signed={signed}&missed={len(chosen) - signed}"
    return see_other(path)


async def _queue(request: Request) -> DeskPage:
    asked = request.query_params
    by, now = doors.actor(request), current().now
    wanted = wanted_of(asked)
    page = _number(asked.get("page", "")) or 1
    if chosen := TABS.get(asked.get("tab", "")):
        return await queue(by, chosen, now, page, wanted)
    counts = await tab_counts(by, now, wanted)
    waiting = next((tab for tab in _first_looks(by.roles) if counts[tab]), Tab.TO_SIGN)
    return await queue(by, waiting, now, page, wanted)


def _first_looks(roles: frozenset[Role]) -> tuple[Tab, ...]:
    """Where a person's work most likely waits."""
    if Role.HANDLER in roles:
        return (Tab.TO_SIGN, Tab.IN_WORK, Tab.RETURNED)
    return (Tab.SUBMITTED, Tab.ANSWERED, Tab.OVERDUE, Tab.IN_WORK, Tab.TO_SIGN)


async def _rows(tab: Tab, found: tuple[DeskRow, ...], by: Actor) -> dict[str, Any]:
    return {
        "rows": found,
        "may_sign": by.may(Role.HANDLER) and tab is Tab.TO_SIGN,
        "near": near(await pack_of(by)),
        "deadline": deadline,
        "age": age,
    }


def _part(rows: dict[str, Any]) -> Response:
    return staff_page("desk/parts/rows", **rows)


def _number(typed: str) -> int:
    return whole(typed) or 0
