"""补充询问 as pages show it: what a reporter is asked now, and every question of an order."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from hotline.database import row, rows
from hotline.policy.pack import Pack
from hotline.rules.clocks import SHANGHAI

OPEN: Final = """
SELECT question FROM asked_back
WHERE tenant_id = $1 AND request_id = $2 AND answered_at IS NULL AND until > now()
ORDER BY asked_at DESC LIMIT 1
"""
OF_ORDER: Final = """
SELECT a.question, a.asked_at, a.until, a.answered_at, r.number, s.name FROM asked_back a
JOIN service_request r ON r.tenant_id = a.tenant_id AND r.id = a.request_id
LEFT JOIN staff s ON s.tenant_id = a.tenant_id AND s.id::text = a.asked_by
WHERE a.tenant_id = $1 AND a.order_id = $2 ORDER BY a.asked_at DESC
"""
RUNNING: Final = """
SELECT scheme FROM clock WHERE tenant_id = $1 AND holder_id = $2 AND stopped_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `ended_at`: answered, or gone on without; None while waited for or lapsed."""

    report: str
    question: str = field(repr=False)
    who: str
    asked_at: datetime
    until: date
    ended_at: datetime | None
    waits: bool


async def question(tenant_id: str, request_id: UUID) -> str:
    """What the reporter of a report is asked now, "" for nothing."""
    found = await row(OPEN, tenant_id, request_id)
    return str(found["question"]) if found else ""


async def asked_of(tenant_id: str, order_id: UUID, now: datetime) -> tuple[Asked, ...]:
    """Every question, the newest first."""
    return tuple(
        Asked(
            report=one["number"],
            question=one["question"],
            who=one["name"] or "",
            asked_at=one["asked_at"],
            until=one["until"].astimezone(SHANGHAI).date(),
            ended_at=one["answered_at"],
            waits=one["answered_at"] is None and one["until"] > now,
        )
        for one in await rows(OF_ORDER, tenant_id, order_id)
    )


async def may_stand_still(pack: Pack, tenant_id: str, order_id: UUID) -> tuple[str, ...]:
    """Names of the running terms that the pack lets stand still while the reporter is asked."""
    names = {one.code: one.name for one in pack.schemes if one.pausable}
    found = await rows(RUNNING, tenant_id, order_id)
    return tuple(names[one["scheme"]] for one in found if one["scheme"] in names)
