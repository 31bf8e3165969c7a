"""期限逐日说明: why a running term of an order ends on the day it does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.errors import NotFound
from hotline.lookups.names import pack_of
from hotline.lookups.order import order
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI, Due, Scheme, Term, Unit
from hotline.rules.day_by_day import DayOfTerm, days_of

NEWEST: Final = """
SELECT c.started_at, c.unit, c.count, c.rolls, c.extended, c.pauses,
  c.due_on, c.due_at, c.provisional, o.jurisdiction
FROM clock c JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = c.holder_id
WHERE c.tenant_id = $1 AND c.holder_id = $2 AND c.scheme = $3
ORDER BY c.started_at DESC, c.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class TermDays:
    """One term, the rule it comes from, and its days. `days` is by the calendar in force now."""

    number: str
    name: str
    source: str
    unit: Unit
    count: int
    started_at: datetime
    due: Due
    days: tuple[DayOfTerm, ...]


async def term_days(by: Actor, number: str, scheme: str, now: datetime) -> TermDays:
    """NotFound for an order out of sight, or a term it never had."""
    view = await order(by, number, now)
    found = await rows(NEWEST, view.tenant_id, view.id, scheme)
    if not found:
        raise NotFound("term")
    clock = found[0]
    pack = await pack_of(clock["jurisdiction"])
    rule = next((one for one in pack.schemes if one.code == scheme), None)
    counted = Scheme(
        code=scheme,
        name=rule.name if rule else scheme,
        holder="order",
        count=clock["count"],
        unit=Unit(clock["unit"]),
        starts="",
        rolls=clock["rolls"],
    )
    return TermDays(
        number=view.number,
        name=counted.name,
        source=rule.source if rule else "",
        unit=counted.unit,
        count=counted.count + clock["extended"],
        started_at=clock["started_at"],
        due=Due(clock["due_on"], clock["due_at"].astimezone(SHANGHAI), clock["provisional"]),
        days=days_of(_term(counted, clock), pack.calendar),
    )


def _term(scheme: Scheme, clock: Mapping[str, Any]) -> Term:
    pauses = tuple(
        (datetime.fromisoformat(one), datetime.fromisoformat(other))
        for one, other in json.loads(clock["pauses"])
    )
    return Term(scheme, clock["started_at"], clock["extended"], pauses)
