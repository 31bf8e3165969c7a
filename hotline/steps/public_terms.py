"""公开期限: terms of disclosure begin and end with steps; which and how long, the pack says.

A term of an order's publication is no term of the order: closing it ends none of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from tortoise.queryset import QuerySet

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.records import PublicTerm, new_id
from hotline.rules.actor import Actor
from hotline.rules.clocks import Unit
from hotline.rules.disclosing import PublicRule

ORDER: Final = "order"
PUBLICATION: Final = "publication"
CLUE: Final = "clue"

WAITING: Final = """
SELECT tenant_id, id, jurisdiction, rule, unit, count, started_at, due_on, provisional
FROM public_term WHERE stopped_at IS NULL AND unit = 'working_day' FOR UPDATE SKIP LOCKED
"""
MOVED: Final = """
UPDATE public_term SET due_on = $3, due_at = $4, provisional = $5 WHERE tenant_id = $1 AND id = $2
"""


@dataclass(frozen=True, slots=True)
class Held:
    """Whose term it is."""

    tenant_id: str
    holder: str
    id: UUID


async def begin(held: Held, pack: Pack, rule: str, cause: str, now: datetime) -> None:
    """Nothing where the pack has no such term, or where it runs already."""
    found = pack.disclosure.rules.get(rule)
    if found is None or await _running(held, (rule,)).exists():
        return
    end = found.due(now, pack.calendar)
    await PublicTerm.create(
        id=new_id(),
        tenant_id=held.tenant_id,
        jurisdiction=pack.code,
        holder=held.holder,
        holder_id=held.id,
        rule=rule,
        cause=cause,
        policy_version=pack.versions.get("disclosure"),
        unit=found.unit.value,
        count=found.count,
        started_at=now,
        due_on=end.on,
        due_at=end.at,
        provisional=end.provisional,
    )


async def ever(held: Held, rule: str) -> bool:
    """Whether it runs, or ended otherwise than by being undone."""
    begun = PublicTerm.filter(
        tenant_id=held.tenant_id, holder=held.holder, holder_id=held.id, rule=rule
    )
    return bool(await begun.exclude(outcome="undone").exists())


@dataclass(frozen=True, slots=True)
class Ending:
    """How terms ended, by whom and when."""

    outcome: str
    by: Actor
    now: datetime
    reason: str = ""


async def end(held: Held, rules: tuple[str, ...], ending: Ending) -> int:
    """How many ran. What ended late is told by its two moments."""
    changed = await _running(held, rules).update(
        stopped_at=ending.now,
        stopped_by=ending.by.id,
        outcome=ending.outcome,
        reason=ending.reason[:400],
    )
    return int(changed)


async def recount_public() -> int:
    """By the calendar in force; how many ends moved or are provisional no longer."""
    known, moved = await packs(), 0
    for one in await rows(WAITING):
        rule = PublicRule(one["rule"], "", one["count"], Unit(one["unit"]), "")
        ends = rule.due(one["started_at"], known.pack(one["jurisdiction"]).calendar)
        if (ends.on, ends.provisional) != (one["due_on"], one["provisional"]):
            to = (ends.on, ends.at, ends.provisional)
            await rows(MOVED, one["tenant_id"], one["id"], *to)
            moved += 1
    return moved


def _running(held: Held, rules: tuple[str, ...]) -> QuerySet[PublicTerm]:
    return PublicTerm.filter(
        tenant_id=held.tenant_id,
        holder=held.holder,
        holder_id=held.id,
        rule__in=rules,
        stopped_at=None,
    )
