"""S1: one thing to decide at a time, with cause, suggestion and reasons; then the next."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups import attachment
from hotline.lookups.accepting import other_bodies
from hotline.lookups.hot import hot
from hotline.lookups.order import OrderView, order
from hotline.lookups.request import RequestView
from hotline.lookups.request import request as report_view
from hotline.lookups.routing import WhyView, would_be
from hotline.lookups.triage import TriagePage, TriageRow, ages, queue
from hotline.policy.pack import Pack
from hotline.policy.routes import Matter, accused_in, routed
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.affected import lies_between
from hotline.rules.in_common import Piece, pieces
from hotline.rules.locating import locate
from hotline.rules.recusal import OFFICE_ACCUSED, accuses_office
from hotline.rules.routing import Routed
from hotline.rules.terms import RequestStage
from webforms import doors
from webforms.attached import handed
from webforms.desk.case import Retry, department_choices
from webforms.desk.correct import between
from webforms.render import see_other
from webforms.staff.choices import (
    county_choices,
    county_of,
    kind_choices,
    kind_label,
    kind_of,
    near,
    township_choices,
)
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.story import told
from webforms.staff.when import age, deadline, short
from webforms.submissions import Form, whole
from webforms.texts import has_text
from webforms.visit import current

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
COMPARED: Final = 3  # reports of the other matter that are laid beside this one


async def home(request: Request) -> Response:
    """What waits, the most pressing first."""
    page = whole(request.query_params.get("page", ""), digits=5) or 1
    found = await queue(doors.actor(request), current().now, page)
    by = doors.actor(request)
    return staff_page(
        "triage/home",
        queue=found,
        hot=await hot(by),
        ages=await ages(by, current().now),
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
    """A file of the report at hand."""
    by, now = doors.actor(request), current().now
    view = await report_view(by, request.path_params["number"], now)
    files = await attachment.of_request(view.tenant_id, view.id)
    chosen = attachment.named(files, request.path_params["handle"])
    return await handed(view.tenant_id, chosen)


async def card(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    """The page of one report, with what was typed if the act did not go through."""
    by, now = doors.actor(request), current().now
    view = await report_view(by, request.path_params["number"], now)
    pack, typed = await pack_of(by), await _typed(view, by, retry.form)
    county, compared = county_of(pack, typed["county"]), await _compared(by, view, request)
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
        compared=compared,
        joining=compared is not None and bool(request.query_params.get("join")),
        marked=_marked(view, compared),
        offered=_offered(view, compared),
        history=told(view.history),
        outside=pack.acceptance.outside,
        bodies=other_bodies(pack, view.body, by) if view.stage is RequestStage.TRIAGE else (),
        kinds=kind_choices(pack.lexicon),
        counties=county_choices(pack),
        townships=township_choices(pack, county),
        would=await _would_be(pack, view, typed, county),
        departments={one.code: one.name for one in pack.departments},
        deadline=deadline,
        short=short,
    )


async def order_card(request: Request, retry: Retry, *, status_code: int = 200) -> Response:
    """The page of one order without a lead, with the pack's own answer if it has one by now."""
    by, now = doors.actor(request), current().now
    view = await order(by, request.path_params["number"], now)
    pack = (await packs()).serving_county((await pack_of(by)).tenant, view.county)
    matter = matter_seen(view)
    answer, accused = routed(pack, matter), accused_in(pack, matter)
    return staff_page(
        "triage/order",
        status_code=status_code,
        case=view,
        cause=cause(_why_undispatched(view, answer)),
        routed=answer,
        would=await would_be(pack, matter),
        retry=retry,
        done=_done(request),
        waiting=await _counts(by),
        departments=[
            one for one in department_choices(pack, view.county) if one.value not in accused
        ],
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
        "also": "",
    }
    stands |= _border(view, pack)
    return {
        name: form.raw(name) if name in form.fields else words for name, words in stands.items()
    }


def _border(view: RequestView, pack: Pack) -> dict[str, str]:
    """Two counties named as a border's two sides: the first leads, the other is named with it."""
    if view.cause != "place.several" or not lies_between(view.report.text):
        return {}
    told = " ".join((view.report.title, view.report.landmark, view.report.text))
    day = current().now.astimezone(SHANGHAI).date()
    found = locate(pack.gazetteer, chosen_county=None, chosen_township=None, text=told, on=day)
    names = [place.name for code in found.candidates if (place := pack.gazetteer.get(code))]
    return {"county": names[0], "also": "、".join(names[1:])} if names else {}


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


async def _would_be(
    pack: Pack, view: RequestView, typed: dict[str, str], county: str
) -> WhyView | None:
    """Who would get it if it were accepted as it stands, and why."""
    named = [kind_of(pack.lexicon, typed[name]) for name in ("kind", "kind2", "kind3")]
    kinds = tuple(filter(None, named))
    if not (county and kinds):
        return None
    one = view.report
    also = tuple(filter(None, (county_of(pack, each) for each in between(typed["also"]))))
    serving = (await packs()).serving_county(pack.tenant, county)
    matter = Matter(
        kinds=kinds,
        county=county,
        also=also,
        channel=one.channel.value,
        wish=one.wish.value,
        emergency=bool(view.emergency),
        at=one.registered_at,
        trade=one.industry,
        target=one.target,
        told=(one.title, one.text),
    )
    return await would_be(serving, matter)


def matter_seen(view: OrderView) -> Matter:
    """An order as the desk sees it, by the reports that are shown."""
    first = view.reports[0] if view.reports else None
    return Matter(
        kinds=tuple(kind.code for kind in view.kinds),
        county=view.county,
        township=view.township,
        also=tuple(one.code for one in view.also),
        channel=first.channel.value if first else "",
        wish=first.wish.value if first else "",
        emergency=view.emergency,
        at=first.registered_at if first else view.opened_at,
        trade=view.industry.code if view.industry else "",
        target="\n".join(one.target for one in view.reports if one.target),
        told=tuple(words for one in view.reports for words in (one.title, one.text)),
    )


def _offered(view: RequestView, compared: OrderView | None) -> str:
    """How the report would belong, as the service sees it."""
    number = compared.number if compared else ""
    return next((one.relation.value for one in view.suggestions if one.order == number), "")


def _marked(view: RequestView, compared: OrderView | None) -> dict[str, tuple[Piece, ...]]:
    """This report and those of the matter beside it, with the words they have in common."""
    others = compared.reports[:COMPARED] if compared else ()
    own = view.report.text
    marked = {one.number: pieces(one.text, (own,)) for one in others}
    return {**marked, view.number: pieces(own, tuple(one.text for one in others))}


def _done(request: Request) -> str:
    done = request.query_params.get("done", "")
    return done if has_text(f"triage.done.{done}") else ""
