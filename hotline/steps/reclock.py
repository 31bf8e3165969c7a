"""期限重算: terms counted from another beginning, revived, or as if what stopped them never was."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.records import Clock, WorkOrder
from hotline.rules.clocks import Due, Scheme, due_of, is_over
from hotline.rules.terms import Step
from hotline.steps.clocks import next_due, stop_all
from hotline.steps.extending import term_of

MERGED: Final = "merged"
COUNTED: Final = ("kept", "late")

# $2 and $3: the reports, and since when each belonged to the other matter
BEGUN: Final = """
UPDATE clock c SET stopped_at = $4, outcome = 'undone'
FROM unnest($2::uuid[], $3::timestamptz[]) AS g(id, since)
WHERE c.tenant_id = $1 AND c.holder_id = g.id AND c.started_at > g.since AND c.stopped_at IS NULL
"""
REWOUND: Final = """
UPDATE clock c SET stopped_at = NULL, outcome = NULL FROM (
  SELECT DISTINCT ON (k.holder_id, k.scheme) k.id
  FROM unnest($2::uuid[], $3::timestamptz[]) AS g(id, since)
  JOIN clock k ON k.tenant_id = $1 AND k.holder_id = g.id
    AND k.started_at <= g.since AND k.stopped_at > g.since
  ORDER BY k.holder_id, k.scheme, k.started_at DESC) last
WHERE c.tenant_id = $1 AND c.id = last.id AND NOT EXISTS (
  SELECT FROM clock r WHERE r.tenant_id = $1 AND r.holder_id = c.holder_id
    AND r.scheme = c.scheme AND r.stopped_at IS NULL)
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


async def rest(order: WorkOrder, now: datetime, outcome: str = MERGED) -> None:
    """合并: its own terms stand still; those of the order it went into rule. So by 转送."""
    await stop_all(order.tenant_id, order.id, outcome, now)
    order.next_due_at = None


async def wake(order: WorkOrder, since: datetime, outcome: str = MERGED) -> None:
    """解除合并, 转送退回: they run as if they had never stood still."""
    rested = Clock.filter(
        tenant_id=order.tenant_id, holder_id=order.id, outcome=outcome, stopped_at=since
    )
    await rested.update(stopped_at=None, outcome=None)
    order.next_due_at = await next_due(order.tenant_id, order.id)


async def rewind(tenant_id: str, since: Mapping[UUID, datetime], now: datetime) -> None:
    """Reports' own terms as they were: what another matter stopped or began is undone."""
    which = list(since), list(since.values())
    await rows(BEGUN, tenant_id, *which, now)
    await rows(REWOUND, tenant_id, *which)


def _counted(clock: Clock, scheme: Scheme, pack: Pack, started: datetime) -> dict[str, Any]:
    term = due_of(replace(term_of(clock, pack), scheme=scheme, started=started), pack.calendar)
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
