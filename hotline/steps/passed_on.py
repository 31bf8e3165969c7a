"""移交辖区: an order under another jurisdiction's rules; its reports and all terms go with it.

The terms are counted by the new rules from what began them: acceptance, dispatch, registration.
What the old rules had running stands in the history as counted anew.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.records import Clock, ServiceRequest, WorkOrder
from hotline.rules.clocks import Scheme
from hotline.rules.terms import Step
from hotline.steps.clocks import concerns, next_due, since, start_term

AGAIN: Final = "again"
TAKEN: Final = """
SELECT DISTINCT ON (step) step, seq, at FROM event
WHERE tenant_id = $1 AND aggregate_id = $2 ORDER BY step, seq DESC
"""
REPORTS: Final = """
UPDATE service_request r SET jurisdiction = $3 FROM membership m
WHERE m.tenant_id = $1 AND m.order_id = $2 AND m.to_at IS NULL
  AND r.tenant_id = m.tenant_id AND r.id = m.request_id RETURNING r.id
"""
RUNNING: Final = """
SELECT DISTINCT holder_id AS id FROM clock
WHERE tenant_id = $1 AND holder_id = ANY($2) AND stopped_at IS NULL
"""
Taken = Mapping[str, tuple[int, datetime]]  # step → the last time it was taken, and its place


async def pass_on(order: WorkOrder, was: Pack, pack: Pack, now: datetime) -> None:
    """The order keeps its number; nothing happens where the rules stay the same."""
    if was.code == pack.code:
        return
    members = [one["id"] for one in await rows(REPORTS, order.tenant_id, order.id, pack.code)]
    if order.historical:
        return
    taken = {**await _taken(order.tenant_id, order.id), Step.ACCEPT.value: (0, order.opened_at)}
    await _recount(order, _unended(_held(pack, "order"), taken), pack, now)
    order.next_due_at = await next_due(order.tenant_id, order.id)
    for request in await _concerned(order.tenant_id, members, was, pack):
        begun = {**await _taken(request.tenant_id, request.id)}
        begun[Step.REGISTER.value] = (0, since(request))
        terms = _unended(_held(pack, "request"), begun)
        await _recount(request, [one for one in terms if concerns(one[0], request)], pack, now)


async def _recount(
    holder: WorkOrder | ServiceRequest,
    terms: Iterable[tuple[Scheme, datetime]],
    pack: Pack,
    now: datetime,
) -> None:
    running = Clock.filter(tenant_id=holder.tenant_id, holder_id=holder.id, stopped_at=None)
    await running.update(stopped_at=now, outcome=AGAIN)
    for scheme, started in terms:
        await start_term(holder.tenant_id, holder.id, scheme, pack, started)


async def _taken(tenant_id: str, holder_id: UUID) -> Taken:
    found = await rows(TAKEN, tenant_id, holder_id)
    return {one["step"]: (one["seq"], one["at"]) for one in found}


def _unended(schemes: Iterable[Scheme], taken: Taken) -> list[tuple[Scheme, datetime]]:
    """Terms that a step has begun and none has ended since, each with its beginning."""
    found = []
    for scheme in schemes:
        if (begun := taken.get(scheme.starts)) is None:
            continue
        ended = (taken[stop] for stop in scheme.stops if stop in taken)
        if not any(seq > begun[0] for seq, _ in ended):
            found.append((scheme, begun[1]))
    return found


async def _concerned(
    tenant_id: str, members: list[UUID], was: Pack, pack: Pack
) -> list[ServiceRequest]:
    """Reports with a term running; all of them where the new rules know other terms."""
    ids = members
    if {one.code for one in _held(was, "request")} == {one.code for one in _held(pack, "request")}:
        ids = [one["id"] for one in await rows(RUNNING, tenant_id, members)]
    return await ServiceRequest.filter(tenant_id=tenant_id, id__in=ids, historical=False)


def _held(pack: Pack, holder: str) -> list[Scheme]:
    return [scheme for scheme in pack.schemes if scheme.holder == holder]
