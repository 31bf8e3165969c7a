"""交接、代理、回避 as pages show them: what is in whose hand, who is away, who keeps out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor
from hotline.rules.terms import Role

OPEN: Final = "('signed', 'returned', 'submitted', 'answered', 'closed_interim')"
HANDS: Final = """
SELECT s.login, s.name, s.active, s.department, count(*) AS n, min(o.next_due_at) AS due_at
FROM work_order o JOIN staff s ON s.tenant_id = o.tenant_id AND s.id = o.handler_id
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND o.stage IN {open}
  AND ($3 = '' OR o.lead = $3)
GROUP BY s.login, s.name, s.active, s.department ORDER BY s.active, s.name
"""
IN_HAND: Final = """
SELECT o.number, o.version, o.stage, o.lead, o.next_due_at FROM work_order o
JOIN staff s ON s.tenant_id = o.tenant_id AND s.id = o.handler_id AND s.login = $4
WHERE o.tenant_id = $1 AND o.jurisdiction = ANY($2) AND o.stage IN {open}
  AND ($3 = '' OR o.lead = $3) ORDER BY o.next_due_at NULLS LAST, o.number LIMIT 500
"""
COLLEAGUES: Final = """
SELECT login, name FROM staff WHERE tenant_id = $1 AND active AND coalesce(department, '') = $2
  AND login <> $3 AND ($4 = '' OR roles @> ARRAY[$4]) ORDER BY name
"""
AWAY: Final = """
SELECT a.id, s.name, s.login, d.name AS deputy, a.from_at, a.to_at FROM absence a
JOIN staff s ON s.tenant_id = a.tenant_id AND s.id = a.staff_id
JOIN staff d ON d.tenant_id = a.tenant_id AND d.id = a.deputy_id
WHERE a.tenant_id = $1 AND a.staff_id::text = $2 AND a.ended_at IS NULL AND a.to_at > $3
ORDER BY a.from_at
"""
STANDING_IN: Final = """
SELECT a.id, s.id AS staff_id, s.name, s.login, a.from_at, a.to_at FROM absence a
JOIN staff s ON s.tenant_id = a.tenant_id AND s.id = a.staff_id AND s.active
WHERE a.tenant_id = $1 AND a.deputy_id::text = $2 AND a.ended_at IS NULL AND a.to_at > $3
ORDER BY a.from_at
"""


@dataclass(frozen=True, slots=True)
class Hand:
    """One person with open orders."""

    login: str
    name: str = field(repr=False)
    active: bool
    department: str | None
    n: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class InHand:
    """One order, by its number alone: whoever hands over need not read it."""

    number: str
    version: int
    stage: str
    lead: str
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may take over or stand in."""

    login: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Away:
    """An absence of the reader's own."""

    id: UUID
    name: str = field(repr=False)
    login: str
    deputy: str = field(repr=False)
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True, slots=True)
class StandingIn:
    """Somebody for whom the reader stands in. `staff_id` stays in a form of the own session."""

    id: UUID
    staff_id: UUID
    name: str = field(repr=False)
    login: str
    from_at: datetime
    to_at: datetime


async def hands(by: Actor) -> tuple[Hand, ...]:
    """Who has gone first."""
    found = await rows(HANDS.format(open=OPEN), *await _mine(by))
    return tuple(Hand(**one) for one in found)


async def in_hand(by: Actor, login: str) -> tuple[InHand, ...]:
    """The open orders of one person, the most pressing first."""
    found = await rows(IN_HAND.format(open=OPEN), *await _mine(by), login)
    return tuple(InHand(**one) for one in found)


async def colleagues(
    tenant_id: str, department: str | None, login: str, role: str = ""
) -> tuple[Colleague, ...]:
    """Of a department, without that one."""
    found = await rows(COLLEAGUES, tenant_id, department or "", login, role)
    return tuple(Colleague(**one) for one in found)


async def away(tenant_id: str, by: Actor, now: datetime) -> tuple[Away, ...]:
    """The reader's own, running or to come."""
    return tuple(Away(**one) for one in await rows(AWAY, tenant_id, by.id, now))


async def standing_in(tenant_id: str, by: Actor, now: datetime) -> tuple[StandingIn, ...]:
    """For whom the reader stands in, now or soon."""
    return tuple(StandingIn(**one) for one in await rows(STANDING_IN, tenant_id, by.id, now))


async def _mine(by: Actor) -> tuple[str, list[str], str]:
    """An administrator hands over for every department of the place."""
    sight = await sight_of(by)
    department = "" if by.may(Role.ADMIN) else sight.department
    return sight.tenant_id, sorted(sight.jurisdictions), department
