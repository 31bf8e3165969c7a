"""S1: one thing to decide at a time, with cause, suggestion and reasons; then the next."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.lookups.order import OrderView, order
from hotline.lookups.request import RequestView
from hotline.lookups.request import request as report_view
from hotline.lookups.triage import TriagePage, TriageRow, queue
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, routed
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.recusal import OFFICE_ACCUSED, accuses_office
from hotline.rules.routing import Routed
from webforms import doors
from webforms.desk.case import Retry, department_choices
from webforms.render import see_other
from webforms.staff.choices import (
    county_choices,
    county_of,
    kind_choices,
    kind_label,
    near,
    township_choices,
)
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.story import told
from webforms.staff.when import age, deadline, short
from webforms.submissions import Form
from webforms.texts import has_text
from webforms.visit import current


async def home(request: Request) -> Response:
    """What waits, the most pressing first."""
    asked = request.query_params.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    found = await queue(doors.actor(request), current().now, page)
    return staff_page(
        "triage/home",
        queue=found,
        done=_done(request),
        cause=cause,
        near=near(await pack_of(doors.actor(request))),
        age=age,
        deadline=deadline,
    )


async def first(request: Request) -> Response:
    """To the next thing that waits, or to the empty list."""
    after = request.query_params.get("after", "")
    return see_other(await next_path(doors.actor(request), after))


async def next_path(by: Actor, after: str) -> str:
    """Where the thing below the one just seen stands; the list, when there is none."""
    row = _following((await queue(by, current().now)).rows, after)
    if row is None:
        return "/triage"
    return f"/triage/{'orders' if row.what == 'order' else 'reports'}/{row.number}"


def _following(rows: tuple[TriageRow, ...], after: str) -> TriageRow | None:
    """The one below the one just seen; from the top again at the end, or when that one is gone."""
    numbers = [row.number for row in rows]
    at = numbers.index(after) + 1 if after in numbers else 0
    others = [row for row in (*rows[at:], *rows[:at]) if row.number != after]
    return others[0] if others else None


async def show(request: Request) -> Response:
    """One report: the words, the cause, what it may belong to."""
    return await card(request, Retry())


async def show_order(request: Request) -> Response:
    """One order nobody was found for: choose 主办 and 协办."""
    return await order_card(request, Retry())


async def picture(request: Request) -> Response:
    """The copy of a picture of the report at hand."""
    by, now = doors.actor(request), current().now
    view = await report_view(by, request.path_params["number"], now)
    files = await attachment.of_request(view.tenant_id, view.id)
    chosen = attachment.named(files, request.path_params["handle"])
    copy = await attachment.shown_copy(view.tenant_id, chosen.id)
    return Response(copy, media_type="image/jpeg")


async def card(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    """The page of one report, with what was typed if the act did not go through."""
    by, now = doors.actor(request), current().now
    view = await report_view(by, request.path_params["number"], now)
    pack, typed = await pack_of(by), await _typed(view, by, retry.form)
    county = county_of(pack, typed["county"])
    return staff_page(
        "triage/report",
        status_code=status_code,
        view=view,
        cause=cause(view.cause),
        typed=typed,
        retry=retry,
        problems=retry.form.problems,
        done=_done(request),
        waiting=await _counts(by),
        pictures=await attachment.of_request(view.tenant_id, view.id),
        compared=await _compared(by, view, request),
        history=told(view.history),
        kinds=kind_choices(pack.lexicon),
        counties=county_choices(pack),
        townships=township_choices(pack, county),
        routed=await _routed(pack, view, county),
        departments={one.code: one.name for one in pack.departments},
        deadline=deadline,
        short=short,
    )


async def order_card(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    """The page of one order without a lead, with the pack's own answer if it has one by now."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = (await packs()).serving_county((await pack_of(by)).tenant, view.county)
    kinds = tuple(kind.code for kind in view.kinds)
    answer = routed(pack, Matter(kinds, view.county))
    return staff_page(
        "triage/order",
        status_code=status_code,
        case=view,
        cause=cause(_why_undispatched(view, answer)),
        routed=answer,
        retry=retry,
        done=_done(request),
        waiting=await _counts(by),
        departments=department_choices(pack, view.county),
        history=told(view.history),
        deadline=deadline,
        short=short,
    )


def _why_undispatched(view: OrderView, answer: Routed) -> str:
    if any(accuses_office(one.title, one.text, one.target) for one in view.reports):
        return OFFICE_ACCUSED
    return answer.cause or "route.known"


def cause(key: str) -> str:
    """Why a person has to decide, in words."""
    return current().t(f"cause.{key}" if has_text(f"cause.{key}") else "cause.other")


async def _counts(by: Actor) -> int:
    found: TriagePage = await queue(by, current().now)
    return sum(found.counts.values())


async def _typed(view: RequestView, by: Actor, form: Form) -> dict[str, str]:
    """Place and kinds as typed, else as the service understood them."""
    pack = await pack_of(by)
    places = {code: pack.gazetteer.get(code) for code in (view.county, view.township) if code}
    names = {code: place.name for code, place in places.items() if place}
    labels = [kind_label(pack.lexicon, kind.code) for kind in view.kinds] + ["", "", ""]
    stands = {
        "county": names.get(view.county or "", ""),
        "township": names.get(view.township or "", ""),
        "kind": labels[0],
        "kind2": labels[1],
        "kind3": labels[2],
    }
    return {
        name: form.raw(name) if name in form.fields else words for name, words in stands.items()
    }


async def _compared(by: Actor, view: RequestView, request: Request) -> Any:
    """The matter it may belong to, laid beside it: the likest, or the one that was picked."""
    numbers = [one.order for one in view.suggestions]
    asked = request.query_params.get("with", "")
    chosen = asked if asked in numbers else next(iter(numbers), "")
    if not chosen:
        return None
    try:
        return await order(by, chosen, current().now)
    except NotFound:
        return None


async def _routed(pack: Pack, view: RequestView, county: str) -> Routed | None:
    """Who would get it if it were accepted as it stands."""
    kinds = tuple(kind.code for kind in view.kinds)
    if not (county and kinds):
        return None
    serving = (await packs()).serving_county(pack.tenant, county)
    return routed(serving, Matter(kinds, county))


def _done(request: Request) -> str:
    done = request.query_params.get("done", "")
    return done if has_text(f"triage.done.{done}") else ""
