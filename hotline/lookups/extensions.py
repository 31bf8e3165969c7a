"""延期 as pages show it: which terms may still be longer, what was asked and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack
from hotline.records import Clock
from hotline.rules.clocks import SHANGHAI, Due, is_over

OF_ORDER: Final = """
SELECT e.*, a.name AS asker, d.name AS decider FROM term_extension e
LEFT JOIN staff a ON a.tenant_id = e.tenant_id AND a.id::text = e.asked_by
LEFT JOIN staff d ON d.tenant_id = e.tenant_id AND d.id::text = e.decided_by
WHERE e.tenant_id = $1 AND e.order_id = $2 ORDER BY e.asked_at DESC, e.id DESC
"""
TOLD: Final = """
SELECT e.told, e.due_on, e.decided_at FROM term_extension e
JOIN membership m ON m.tenant_id = e.tenant_id AND m.order_id = e.order_id AND m.to_at IS NULL
WHERE e.tenant_id = $1 AND m.request_id = $2 AND e.granted ORDER BY e.decided_at DESC
"""


@dataclass(frozen=True, slots=True)
class Longer:
    """A running term that may be made longer by `most` more of its unit."""

    scheme: str
    name: str
    unit: str
    most: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Extension:
    """One request. `granted` is None while it waits."""

    name: str
    unit: str
    count: int
    reason: str
    asker: str
    asker_id: str
    asked_at: datetime
    decider: str
    decided_at: datetime | None
    granted: bool | None
    told: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ToldOf:
    """What a reporter reads of a granted extension."""

    told: str = field(repr=False)
    due_on: date
    at: datetime


async def longer(pack: Pack, tenant_id: str, order_id: UUID, now: datetime) -> tuple[Longer, ...]:
    """The terms for which one may still ask, the nearest first."""
    schemes = {one.code: one for one in pack.schemes}
    found = Clock.filter(tenant_id=tenant_id, holder_id=order_id, stopped_at=None)
    running = [one for one in await found.order_by("due_at") if one.scheme in schemes]
    may = [(one, schemes[one.scheme].extendable - one.extended) for one in running]
    return tuple(
        Longer(one.scheme, schemes[one.scheme].name, one.unit, most, one.due_on)
        for one, most in may
        if most > 0 and not is_over(_end(one), now)
    )


async def extensions(pack: Pack, tenant_id: str, order_id: UUID) -> tuple[Extension, ...]:
    """Every request, the newest first."""
    schemes = {one.code: one for one in pack.schemes}
    return tuple(
        Extension(
            name=schemes[one["scheme"]].name if one["scheme"] in schemes else one["scheme"],
            unit=schemes[one["scheme"]].unit if one["scheme"] in schemes else "",
            asker=one["asker"] or "",
            asker_id=one["asked_by"],
            decider=one["decider"] or "",
            **_said(one),
        )
        for one in await rows(OF_ORDER, tenant_id, order_id)
    )


async def told_of(tenant_id: str, request_id: UUID) -> tuple[ToldOf, ...]:
    """For the reporter of a report in the order."""
    found = await rows(TOLD, tenant_id, request_id)
    return tuple(ToldOf(one["told"], one["due_on"], one["decided_at"]) for one in found)


SAID: Final = ("count", "reason", "asked_at", "decided_at", "granted", "told", "due_on")


def _said(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in SAID}


def _end(clock: Clock) -> Due:
    return Due(clock.due_on, clock.due_at.astimezone(SHANGHAI), clock.provisional)
