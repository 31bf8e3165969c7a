"""期限重算: terms counted from another beginning, revived, or as if what stopped them never was."""

from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.records import Clock, ServiceRequest, WorkOrder
from hotline.rules.clocks import Due, Scheme, due, is_over
from hotline.rules.terms import Step
from hotline.steps.clocks import next_due, stop_all

MERGED: Final = "merged"
UNDONE: Final = "undone"
COUNTED: Final = ("kept", "late")

REWOUND: Final = """
UPDATE clock c SET stopped_at = NULL, outcome = NULL FROM (
  SELECT DISTINCT ON (scheme) id FROM clock WHERE tenant_id = $1 AND holder_id = $2
    AND started_at <= $3 AND stopped_at > $3 ORDER BY scheme, started_at DESC) last
WHERE c.tenant_id = $1 AND c.id = last.id AND NOT EXISTS (
  SELECT FROM clock r WHERE r.tenant_id = $1 AND r.holder_id = $2 AND r.scheme = c.scheme
    AND r.stopped_at IS NULL)
"""


async def count_anew(order: WorkOrder, pack: Pack, step: Step, started: datetime) -> None:
    """The terms that this step began run from another moment; what has ended is judged again."""
    begun = {scheme.code: scheme for scheme in pack.schemes if scheme.starts == step}
    held = Clock.filter(tenant_id=order.tenant_id, holder_id=order.id, scheme__in=list(begun))
    for clock in await held:
        if clock.started_at != started:
            changed = _counted(clock, begun[clock.scheme], pack, started)
            await Clock.filter(tenant_id=clock.tenant_id, id=clock.id).update(**changed)
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def rest(order: WorkOrder, now: datetime) -> None:
    """合并: its own terms stand still; those of the order it went into rule."""
    await stop_all(order.tenant_id, order.id, MERGED, now)
    order.next_due_at = None


async def wake(order: WorkOrder, merged_at: datetime) -> None:
    """解除合并: they run as if they had never stood still."""
    rested = Clock.filter(
        tenant_id=order.tenant_id, holder_id=order.id, outcome=MERGED, stopped_at=merged_at
    )
    await rested.update(stopped_at=None, outcome=None)
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def rewind(request: ServiceRequest, since: datetime, now: datetime) -> None:
    """A report's own terms as they were: what another matter stopped or began is undone."""
    begun = Clock.filter(
        tenant_id=request.tenant_id, holder_id=request.id, started_at__gt=since, stopped_at=None
    )
    await begun.update(stopped_at=now, outcome=UNDONE)
    await rows(REWOUND, request.tenant_id, request.id, since)


def _counted(clock: Clock, scheme: Scheme, pack: Pack, started: datetime) -> dict[str, Any]:
    term = due(scheme, started, pack.calendar)
    changed = {
        "started_at": started,
        "provisional": term.provisional,
        "due_on": term.on,
        "due_at": term.at,
    }
    if clock.outcome in COUNTED:
        end = Due(term.on, term.at, term.provisional)
        changed["outcome"] = "late" if is_over(end, clock.stopped_at) else "kept"
    return changed
