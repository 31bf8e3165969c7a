"""延期的共同部分: a running term as the rules know it, and the request that waits for an answer."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from hotline.errors import PolicyGap, StepRefused
from hotline.policy.pack import Pack
from hotline.records import Clock, TermExtension, WorkOrder
from hotline.rules.actor import Actor
from hotline.rules.clocks import Term, Unit, due_of
from hotline.steps.clocks import next_due

OPEN: Final = {"decided_at": None}


def term_of(clock: Clock, pack: Pack) -> Term:
    """As it was begun; what may still be granted is the pack's word of today."""
    scheme = next((one for one in pack.schemes if one.code == clock.scheme), None)
    if scheme is None:
        raise PolicyGap(pack.code, "clocks", clock.scheme)
    begun = replace(scheme, count=clock.count, unit=Unit(clock.unit), rolls=clock.rolls)
    pauses = tuple((_moment(one), _moment(other)) for one, other in clock.pauses)
    return Term(begun, clock.started_at, clock.extended, pauses)


async def keep_term(order: WorkOrder, clock: Clock, term: Term, pack: Pack) -> None:
    """The clock ends where the term does, and the order carries the nearest end."""
    end = due_of(term, pack.calendar)
    await Clock.filter(tenant_id=clock.tenant_id, id=clock.id).update(
        extended=term.extended,
        pauses=[[one.isoformat(), other.isoformat()] for one, other in term.pauses],
        provisional=end.provisional,
        due_on=end.on,
        due_at=end.at,
        warned=0,
    )
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def running(order: WorkOrder) -> list[Clock]:
    """The terms of an order that have not stopped, the nearest first."""
    found = Clock.filter(tenant_id=order.tenant_id, holder_id=order.id, stopped_at=None)
    return await found.order_by("due_at", "id")


async def asked_for(order: WorkOrder) -> TermExtension | None:
    """The request nobody has answered yet."""
    found = TermExtension.filter(tenant_id=order.tenant_id, order_id=order.id, **OPEN)
    return await found.first()


async def to_decide(order: WorkOrder, by: Actor) -> TermExtension:
    """The open request, for another person than who asked. StepRefused."""
    asked = await asked_for(order)
    if asked is None:
        raise StepRefused("extend.not_asked")
    if by.is_one_of(asked.asked_by):
        raise StepRefused("extend.own_request")
    return asked


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
