"""What may be decided at the triage desk; after each the next thing comes by itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound, Stale, StepRefused
from hotline.lookups.request import request as report_view
from hotline.rules.actor import Actor
from hotline.rules.terms import Relation, RequestStage, Step
from hotline.steps.accept import Acceptance, accept
from hotline.steps.answer_on_spot import answer_on_spot
from hotline.steps.at import order_at, request_at
from hotline.steps.dispatch import dispatch
from hotline.steps.forward import forward_report
from hotline.steps.hand_on import hand_on_report
from hotline.steps.holders import Holders
from hotline.steps.join import Joining, join
from hotline.steps.refuse import Refusal, refuse
from hotline.steps.transition import Target
from webforms import doors
from webforms.desk.case import Retry
from webforms.desk.correct import read_also
from webforms.doors import form_of
from webforms.procedure.bodies import read_handing
from webforms.procedure.forwarding import read_outward
from webforms.render import see_other
from webforms.staff.choices import read_kinds, read_place
from webforms.staff.frame import pack_of
from webforms.submissions import Form, Problem
from webforms.triage.desk import card, next_path, order_card
from webforms.visit import current

KINDS: Final = ("kind", "kind2", "kind3")
JOINED: Final = frozenset(
    {Relation.SAME, Relation.NEW_FACTS, Relation.AGAIN}  # a re-offence is accepted as new
)
LEFT: Final = frozenset({RequestStage.TRIAGE, RequestStage.REFUSED})


@dataclass(frozen=True)
class Decision:
    """One decision under way."""

    target: Target
    form: Form
    by: Actor
    now: datetime


async def acceptance(request: Request) -> Response:
    """受理 as a matter of its own, with place and kinds as the person sees them."""

    async def take(at: Decision) -> None:
        pack = await pack_of(at.by)
        county, township = read_place(at.form, pack)
        kinds = read_kinds(at.form, pack, names=KINDS)
        also = read_also(at.form, pack)
        if not county:
            at.form.problem("county", "triage.need_county")
        if not kinds:
            at.form.problem("kind", "triage.need_kind")
        if not at.form.problems:
            earlier = at.form.text("earlier", most=40)
            ask = Acceptance(county, township or None, tuple(kinds), earlier, also)
            await accept(at.target, ask, by=at.by, now=at.now)

    return await _decided(request, Step.ACCEPT, take)


async def joining(request: Request) -> Response:
    """并单."""

    async def take(at: Decision) -> None:
        number = at.form.text("order", most=40, need="triage.need_order")
        relation = at.form.choice("relation", JOINED) or Relation.SAME
        if number:
            ask = Joining(number.upper(), Relation(relation))
            await join(at.target, ask, by=at.by, now=at.now)

    return await _decided(request, Step.JOIN, take)


async def refusal(request: Request) -> Response:
    """不予受理: a reason of the pack, and where to go."""

    async def take(at: Decision) -> None:
        reason = at.form.text("reason", most=48, need="triage.need_reason")
        if reason:
            ask = Refusal(reason, at.form.text("refer_to", most=200))
            await refuse(at.target, ask, by=at.by, now=at.now)

    return await _decided(request, Step.REFUSE, take)


async def passing_on(request: Request) -> Response:
    """转送 to a body outside."""

    async def take(at: Decision) -> None:
        await forward_report(at.target, read_outward(at.form), by=at.by, now=at.now)

    return await _decided(request, Step.FORWARD, take)


async def handing_on(request: Request) -> Response:
    """移交受理 to another accepting body."""

    async def take(at: Decision) -> None:
        await hand_on_report(at.target, read_handing(at.form), by=at.by, now=at.now)

    return await _decided(request, Step.HAND_ON, take)


async def answer(request: Request) -> Response:
    """即时答复."""

    async def take(at: Decision) -> None:
        said = at.form.text("answer", most=2000, need="agent.need_answer")
        if said:
            await answer_on_spot(at.target, said, by=at.by, now=at.now)

    return await _decided(request, Step.ANSWER_ON_SPOT, take)


async def assignment(request: Request) -> Response:
    """交办 of an order the pack's table had no answer for."""
    form, by, now = form_of(request), doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    holders = Holders(form.text("lead", most=80), tuple(form.fields.get("co", [])))
    following = await next_path(by, number)
    try:
        target = await order_at(tenant, number, form.version())
        await dispatch(target, holders, by=by, now=now)
    except Stale as stale:
        return await order_card(request, Retry(form, seen=stale.seen), status_code=409)
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await order_card(request, Retry(form, said), status_code=422)
    return see_other(f"{following}?done={Step.DISPATCH}")


async def _decided(
    request: Request, step: Step, take: Callable[[Decision], Awaitable[object]]
) -> Response:
    """Decide and go on, or show the card again with what was typed and what stands in the way."""
    form, by, now = form_of(request), doors.actor(request), current().now
    number, tenant = request.path_params["number"], (await pack_of(by)).tenant
    following = await next_path(by, number)
    try:
        await take(Decision(await request_at(tenant, number, form.version()), form, by, now))
    except Stale as stale:
        if not await _still_waits(request):
            return see_other(f"{following}?done=gone")
        return await card(request, Retry(form, step=step, seen=stale.seen), status_code=409)
    except NotFound:
        if "order" not in form.fields:
            raise
        form.problem("order", "desk.not_found")
    except StepRefused as refused:
        said = Problem(f"refused.{refused.key}", refused.values)
        return await card(request, Retry(form, said, step), status_code=422)
    if form.problems:
        return await card(request, Retry(form, step=step), status_code=422)
    return see_other(f"{following}?done={step}")


async def _still_waits(request: Request) -> bool:
    view = await report_view(doors.actor(request), request.path_params["number"], current().now)
    return view.stage in LEFT
