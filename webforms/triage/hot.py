"""热点: the reports that all suggest one order, looked at together, each settled by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import HotlineError
from hotline.lookups.hot import waiting
from hotline.lookups.request import request as report_view
from hotline.rules.actor import Actor
from hotline.rules.terms import Relation
from hotline.steps.accept import Acceptance, accept
from hotline.steps.at import request_at
from hotline.steps.join import Joining, join
from hotline.steps.transition import Target
from webforms import doors
from webforms.doors import form_of
from webforms.staff.frame import pack_of, staff_page
from webforms.staff.when import short
from webforms.submissions import Problem, whole
from webforms.visit import current

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the chosen ones. `into`: the order they are in; `opened`: it is a new one."""

    into: str = ""
    opened: bool = False
    joined: int = 0
    skipped: tuple[str, ...] = ()


async def show(request: Request) -> Response:
    """The list, to be looked at before anything is settled."""
    return await _page(request, Settled())


async def joining(request: Request) -> Response:
    """并单: each in a transaction of its own; what changed meanwhile is left out and named."""
    form = form_of(request)
    if not (chosen := _chosen(request)):
        return await _none_chosen(request)
    into = form.text("into", most=40) or request.path_params["number"]
    return await _page(request, await _join(request, chosen, Settled(into)))


async def acceptance(request: Request) -> Response:
    """另立工单: no part of the running order. The first opens one of their own, the others join."""
    if not (chosen := _chosen(request)):
        return await _none_chosen(request)
    by = doors.actor(request)
    for at, (number, seen) in enumerate(chosen):
        if opened := await _opened(by, number, seen):
            skipped = tuple(one for one, _ in chosen[:at])
            done = Settled(opened, opened=True, joined=1, skipped=skipped)
            return await _page(request, await _join(request, chosen[at + 1 :], done))
    return await _page(request, Settled(skipped=tuple(one for one, _ in chosen)))


def _chosen(request: Request) -> list[tuple[str, str]]:
    """Numbers, each with the version that was looked at."""
    told = form_of(request).fields.get("reports", [])[:MOST]
    return [(number, seen) for number, _, seen in (one.partition(":") for one in told)]


async def _join(request: Request, chosen: Sequence[tuple[str, str]], done: Settled) -> Settled:
    by, likest = doors.actor(request), await _relations(request)
    skipped = list(done.skipped)
    for number, seen in chosen:
        relation = likest.get(number)
        if relation and done.opened:
            relation = Relation.SAME
        if not relation or not await _joined(by, number, seen, Joining(done.into, relation)):
            skipped.append(number)
    joined = done.joined + len(chosen) + len(done.skipped) - len(skipped)
    return Settled(done.into, done.opened, joined, tuple(skipped))


async def _relations(request: Request) -> Mapping[str, Relation]:
    """How each that waits would belong to the order it is most like."""
    found = (await waiting(doors.actor(request), request.path_params["number"]))[1]
    return {one.number: Relation(one.relation) for one in found}


async def _joined(by: Actor, number: str, seen: str, ask: Joining) -> bool:
    try:
        target = await _target(by, number, seen)
        if target is None:
            return False
        await join(target, ask, by=by, now=current().now)
    except HotlineError:
        return False
    return True


async def _opened(by: Actor, number: str, seen: str) -> str:
    """The number of the new order; "" when the report has changed, or cannot open one."""
    try:
        target, view = await _target(by, number, seen), await report_view(by, number, current().now)
        if target is None or not view.county:
            return ""
        ask = Acceptance(view.county, view.township, tuple(kind.code for kind in view.kinds))
        return await accept(target, ask, by=by, now=current().now)
    except HotlineError:
        return ""


async def _target(by: Actor, number: str, seen: str) -> Target | None:
    version = whole(seen)
    if version is None:
        return None
    return await request_at((await pack_of(by)).tenant, number, version)


async def _none_chosen(request: Request) -> Response:
    form = form_of(request)
    form.problem("reports", "hot.choose")
    return await _page(request, Settled(), form.problems)


async def _page(
    request: Request, done: Settled, problems: dict[str, Problem] | None = None
) -> Response:
    order, reports = await waiting(doors.actor(request), request.path_params["number"])
    return staff_page(
        "triage/hot",
        status_code=422 if problems else 200,
        order=order,
        reports=reports,
        done=done,
        short=short,
        problems=problems or {},
    )
