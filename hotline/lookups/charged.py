"""承办时间: how long each department has held an order, as 主办 or 协办; time is charged by it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.lookups.names import Named, department
from hotline.policy.pack import Pack
from hotline.rules.clocks import SHANGHAI, working_days_between
from hotline.rules.terms import Duty

HELD: Final = """
SELECT department, duty, from_at, to_at FROM held WHERE tenant_id = $1 AND order_id = $2
ORDER BY from_at
"""
HAND: Final = "SELECT name FROM staff WHERE tenant_id = $1 AND id = $2"


@dataclass(frozen=True, slots=True)
class Charged:
    """One department in one duty: hours in all, working days after the day it came."""

    department: Named
    duty: Duty
    hours: int
    working_days: int
    holds: bool  # its time still runs


async def charged(pack: Pack, tenant_id: str, order_id: UUID, now: datetime) -> tuple[Charged, ...]:
    """In the order in which they came to hold it."""
    spans: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in await rows(HELD, tenant_id, order_id):
        spans[one["department"], one["duty"]].append(one)
    return tuple(_charged(pack, key, held, now) for key, held in spans.items())


async def hand(tenant_id: str, handler_id: UUID | None) -> str:
    """经办人 by name, "" for none."""
    found = await rows(HAND, tenant_id, handler_id)
    return str(found[0]["name"]) if found else ""


def _charged(
    pack: Pack, key: tuple[str, str], held: list[dict[str, Any]], now: datetime
) -> Charged:
    spans = [(one["from_at"], one["to_at"] or now) for one in held]
    length = sum((end - start for start, end in spans), timedelta())
    days = sum(working_days_between(_day(one), _day(end), pack.calendar) for one, end in spans)
    return Charged(
        department=department(pack, key[0]),
        duty=Duty(key[1]),
        hours=int(length.total_seconds() // 3600),
        working_days=max(0, days),
        holds=any(one["to_at"] is None for one in held),
    )


def _day(at: datetime) -> Any:
    return at.astimezone(SHANGHAI).date()
