"""投递失败: a person sees what did not arrive and why, puts the address right, sends it again."""

from collections.abc import Awaitable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import HotlineError, NotAllowed, StepRefused
from hotline.lookups import failed as lookup
from hotline.lookups.failed import MOST_AT_ONCE, STATES, Asked
from hotline.rules.lifecycle import ROLES
from hotline.rules.message import BY_PERSON
from hotline.rules.terms import Step
from hotline.steps.call_off import call_off
from hotline.steps.look_at import look_at
from hotline.steps.messages import Handled
from hotline.steps.readdress import FIELDS, readdress
from hotline.steps.resend import resend
from webforms import doors
from webforms.doors import form_of
from webforms.outgoing.naming import cause_name, way_name
from webforms.render import see_other
from webforms.staff.frame import staff_page
from webforms.staff.when import short
from webforms.submissions import Problem, whole
from webforms.texts import has_text
from webforms.visit import current
from workers.queues import DELIVERY, nudge

HOME: Final = "/messages"
DONE: Final = frozenset({"resent", "called_off", "readdressed"})


async def home(request: Request) -> Response:
    """The list, by state, way and cause."""
    by, asked = doors.actor(request), _asked(request.query_params)
    return staff_page(
        "outgoing/failed",
        asked=asked,
        states=list(STATES),
        rows=await lookup.failures(by, asked),
        causes=await lookup.causes(by, asked.state),
        done=_done(request),
        sent=_count(request, "sent"),
        missed=_count(request, "missed"),
        short=short,
        way_name=way_name,
        cause_name=cause_name,
    )


async def show(request: Request) -> Response:
    """One message: to whom, its words, every try; and what can be done."""
    return await _page(request)


async def resending(request: Request) -> Response:
    """Again, by the way that is chosen."""
    way = form_of(request).text("way", most=16)
    return await _taken(request, resend(_handled(request), way), "resent")


async def calling_off(request: Request) -> Response:
    """Not any more."""
    why = form_of(request).text("reason", most=400)
    return await _taken(request, call_off(_handled(request), why), "called_off")


async def correction(request: Request) -> Response:
    """The address put right, and sent there."""
    form = form_of(request)
    way, address = form.text("way", most=16), form.text("address", most=254)
    step = readdress(_handled(request), way, address, form.text("reason", most=400))
    return await _taken(request, step, "readdressed")


async def resend_many(request: Request) -> Response:
    """Everything of one cause: each by itself, what cannot be sent is left where it is."""
    form, by, now = form_of(request), doors.actor(request), current().now
    asked = _asked({name: form.raw(name)[:160] for name in ("state", "way", "error")})
    sent = missed = 0
    for one in await lookup.failures(by, asked, MOST_AT_ONCE):
        try:
            await resend(Handled(one.handle, by, now))
        except NotAllowed:
            raise
        except HotlineError:
            missed += 1
        else:
            sent += 1
    nudge(DELIVERY)
    return see_other(f"{HOME}?state={asked.state}&done=resent&sent={sent}&missed={missed}")


async def _taken(request: Request, step: Awaitable[None], done: str) -> Response:
    try:
        await step
    except StepRefused as refused:
        return await _page(request, Problem(f"refused.{refused.key}", refused.values))
    nudge(DELIVERY)
    return see_other(f"{HOME}?done={done}")


async def _page(request: Request, refused: Problem | None = None) -> Response:
    by, told = doors.actor(request), request.path_params["handle"]
    one = await lookup.failure(by, told)
    looked = await look_at(Handled(told, by, current().now))
    is_over = one.state not in ("dead", "unreachable")
    return staff_page(
        "outgoing/message",
        status_code=422 if refused else 200,
        one=one,
        looked=looked,
        tries=await lookup.tries(by, told),
        refused=refused,
        is_over=is_over,
        ways=[way for way in BY_PERSON if way in looked.addresses],
        fields=list(FIELDS),
        may_correct=one.is_report and any(by.may(role) for role in ROLES[Step.READDRESS]),
        short=short,
        way_name=way_name,
        cause_name=cause_name,
    )


def _handled(request: Request) -> Handled:
    return Handled(request.path_params["handle"], doors.actor(request), current().now)


def _asked(given: Mapping[str, str]) -> Asked:
    """Unknown choices are the first ones."""
    state = given.get("state", "")
    return Asked(state if state in STATES else "dead", given.get("way", ""), given.get("error", ""))


def _done(request: Request) -> str:
    done = request.query_params.get("done", "")
    return done if done in DONE and has_text(f"messages.done.{done}") else ""


def _count(request: Request, name: str) -> int:
    return whole(request.query_params.get(name, ""), digits=5) or 0
