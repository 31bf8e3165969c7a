"""A1–A3: the list, the one screen, and the number to read out."""

from datetime import datetime, time
from string import ascii_letters
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hotline.errors import NotFound, StepRefused
from hotline.lookups import call_backs, calls, phone
from hotline.lookups import knowledge as articles
from hotline.policy.pack import Pack
from hotline.rules.report import LONGEST_TEXT
from hotline.rules.terms import Secrecy, Wish
from hotline.steps.answer_on_spot import answer_on_spot
from hotline.steps.join import Joining, join
from hotline.steps.register import register
from hotline.steps.settle_call import settle_call
from hotline.steps.transition import Target
from webforms import doors
from webforms.agent import hints
from webforms.agent.call import CHANNELS, Typed, act_of, channel_of, delivery_of, read_call
from webforms.carded import read_card, shown
from webforms.dates import CHINA
from webforms.doors import form_of
from webforms.render import see_other
from webforms.staff.choices import kind_label, kind_of, place_words
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import clock, short
from webforms.staff.writing import Writing, offered
from webforms.submissions import Form
from webforms.visit import current
from workers.queues import INTAKE, nudge

CALLS: Final = Writing("agent", "/agent", "/agent/calls", Typed)

begin, discard = CALLS.begin, CALLS.discard  # F2: a new call


async def home(request: Request) -> Response:
    """A1: open drafts and today's calls."""
    by = doors.actor(request)
    pack, now = await pack_of(by), current().now
    midnight = datetime.combine(now.astimezone(CHINA).date(), time(), CHINA)
    return staff_page(
        "agent/home",
        drafts=await (await CALLS.shelf(request)).begun(),
        calls=await calls.registered(pack.tenant, channel_of(by.id), midnight),
        place=lambda county: place_words(pack, county, None),
        short=short,
        ringing=await phone.ringing(by, now),
        seat=await phone.seat(by),
        lines=await phone.lines(by),
        counts=await call_backs.counts(by),
    )


async def show(request: Request) -> Response:
    """A2: the one screen, with what is typed so far."""
    pack, view = await CALLS.opened(request)
    if view.is_sent:
        return see_other(f"{CALLS.path(request)}/saved")
    return await _screen(request, pack, CALLS.typed_of(view), Form())


async def keep(request: Request) -> Response:
    """Autosave, and the button of whoever has no JavaScript."""
    view = await CALLS.keep(request)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"saved": clock(current().now), "sent": view.is_sent})
    return see_other(CALLS.path(request))


async def history(request: Request) -> Response:
    """F4: the number is posted, and never stands in an address."""
    return await _part(request, "history")


async def alike(request: Request) -> Response:
    """F8: look-alikes and hints for what is typed so far."""
    return await _part(request, "alike")


async def knowledge(request: Request) -> Response:
    """话术: what may be read out for the kind that is typed, or for what is searched."""
    return await _part(request, "knowledge")


async def save(request: Request) -> Response:
    """登记; answered on the spot or joined to a matter at once, if that was the button."""
    pack, view = await CALLS.opened(request)
    by, form, now = doors.actor(request), form_of(request), current().now
    if view.is_sent:
        return see_other(f"{CALLS.path(request)}/saved")
    await CALLS.keep(request)
    report = await read_call(form, pack, view.answers["code"], now)
    card = await read_card(form, pack.tenant, by.id)
    if report is None or form.problems:
        return await _screen(request, pack, CALLS.typed_in(request), form, status_code=422)
    receipt = await register(report, delivery_of(form, view.id, by.id), by=by, now=now)
    if ringing := view.answers.get("call"):
        await settle_call(str(ringing), receipt.request_id, by, now)
    target = Target(report.tenant_id, receipt.request_id)
    proved = bool(card) and not receipt.again and await shown(target, card, by)
    outcome = await _settle(target, form, request)
    joined = form.text("order", most=40) if outcome == "join" else ""
    told = {"number": receipt.number, "code": receipt.code, "outcome": outcome, "order": joined}
    told["card"] = "proved" if proved else "left" if card else ""
    shelf = await CALLS.shelf(request)
    await shelf.finish(request.path_params["ref"], told, receipt.request_id)
    return see_other(f"{CALLS.path(request)}/saved")


async def saved(request: Request) -> Response:
    """A3: number and query code, to read out; Enter takes the next call."""
    _, view = await CALLS.opened(request)
    if not view.is_sent:
        return see_other(CALLS.path(request))
    return staff_page("agent/saved", receipt=view.answers, spoken=spoken, ringing=())


async def _settle(target: Target, form: Form, request: Request) -> str:
    """What the agent decides at once; a refusal leaves the report to the intake, never lost."""
    by, now, act = doors.actor(request), current().now, act_of(form)
    try:
        if act == "answer":
            await answer_on_spot(target, form.text("answer"), by=by, now=now)
        elif act == "join":
            relation = await hints.relation(CALLS.typed_in(request), by)
            ask = Joining(form.text("order", most=40), relation)
            await join(target, ask, by=by, now=now)
    except (StepRefused, NotFound):
        act = "left"
    nudge(INTAKE)
    return act


async def _part(request: Request, name: str) -> Response:
    """A piece for the script; the whole screen for a browser without one."""
    pack, _ = await CALLS.opened(request)
    typed = CALLS.typed_in(request)
    if request.headers.get("x-part"):
        return staff_page(f"agent/parts/{name}", **await _sides(request, pack, typed, name))
    await CALLS.keep(request)
    return await _screen(request, pack, typed, Form())


def spoken(number: str) -> str:
    """QN 2026 1122 7788 2713 3: as one reads it out."""
    digits = number.lstrip(ascii_letters)
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    return " ".join([number.removesuffix(digits), *groups])


async def _sides(request: Request, pack: Pack, typed: Typed, part: str = "") -> dict[str, Any]:
    return {
        "ref": request.path_params["ref"],
        "typed": typed,
        "kind": kind_label(pack.lexicon, kind_of(pack.lexicon, typed.kind)),
        "side": await hints.side(pack, typed, doors.actor(request), part),
        "articles": await _articles(request, pack, typed) if part in ("", "knowledge") else (),
        "short": short,
        "place": lambda county, township=None: place_words(pack, county, township),
    }


async def _articles(request: Request, pack: Pack, typed: Typed) -> list[articles.ArticleView]:
    asked = form_of(request).raw("q")[:40] if request.method == "POST" else ""
    day = current().now.astimezone(CHINA).date()
    return await articles.beside(pack, kind_of(pack.lexicon, typed.kind), asked, day)


async def _around(request: Request) -> dict[str, Any]:
    """The other calls this agent has open, and what the phone system recorded of this one."""
    ref, begun = request.path_params["ref"], await (await CALLS.shelf(request)).begun()
    call = await phone.call_of_draft(doors.actor(request), ref)
    return {"others": [one for one in begun if one.ref != ref], "call": call}


async def _screen(
    request: Request, pack: Pack, typed: Typed, form: Form, *, status_code: int = 200
) -> Response:
    return staff_page(
        "agent/call",
        status_code=status_code,
        problems=form.problems,
        channels=[channel.value for channel in CHANNELS],
        wishes=[wish.value for wish in Wish],
        secrecies=[secrecy.value for secrecy in Secrecy],
        most=LONGEST_TEXT,
        ringing=(),
        **await _around(request),
        **offered(pack, typed.county),
        **await _sides(request, pack, typed),
    )
