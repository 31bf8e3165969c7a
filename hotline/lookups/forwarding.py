"""转送 as pages show it: where a matter went, whether it arrived, and what still waits."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from hotline.database import row, rows
from hotline.policy.sight import sight_of
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor

MOST: Final = 200
ROWS: Final = """
SELECT f.body, f.contact, f.reason, f.at, f.their_number, f.confirmed_at, f.returned_at,
  coalesce(o.number, r.number) AS number, f.order_id IS NOT NULL AS is_order,
  coalesce(o.title, r.title) AS title, (SELECT min(c.due_on) FROM clock c
    WHERE c.tenant_id = f.tenant_id AND c.scheme = 'forward_receipt' AND c.stopped_at IS NULL
    AND c.holder_id IN (SELECT r.id UNION SELECT m.request_id FROM membership m
      WHERE m.tenant_id = f.tenant_id AND m.order_id = f.order_id AND m.to_at IS NULL)) AS due_on
FROM forwarding f
LEFT JOIN work_order o ON o.tenant_id = f.tenant_id AND o.id = f.order_id
LEFT JOIN service_request r ON r.tenant_id = f.tenant_id AND r.id = f.request_id
WHERE f.tenant_id = $1 AND f.returned_at IS NULL
  AND coalesce(o.jurisdiction, r.jurisdiction) = ANY($2){own}
ORDER BY f.confirmed_at IS NOT NULL, f.at LIMIT $3
"""
WHERETO: Final = """
SELECT f.body, f.contact, f.reason, f.at, f.their_number, f.confirmed_at FROM forwarding f
WHERE f.tenant_id = $1 AND f.returned_at IS NULL
"""
OF_ORDER: Final = f"{WHERETO} AND f.order_id = $2"
# the report's own, or that of the order it is in
OF_REPORT: Final = f"""
{WHERETO} AND (f.request_id = $2 OR f.order_id IN (
  SELECT m.order_id FROM membership m
  WHERE m.tenant_id = $1 AND m.request_id = $2 AND m.to_at IS NULL)) LIMIT 1
"""  # noqa: S608 (ours)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """One order or report that a body outside has."""

    number: str
    is_order: bool
    title: str = field(repr=False)
    body: str
    contact: str
    reason: str
    at: datetime
    their_number: str
    confirmed_at: datetime | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Whereto:
    """What a reporter reads of it."""

    body: str
    contact: str
    reason: str
    at: datetime
    their_number: str
    confirmed_at: datetime | None


async def forwardings(by: Actor) -> tuple[Forwarded, ...]:
    """Everything that is outside, what has not arrived first."""
    sight = await sight_of(by)
    sql = ROWS.format(own=report_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    return tuple(_row(one) for one in found)


async def forwarded(tenant_id: str, request_id: UUID) -> Whereto | None:
    """Where a report is, if it is outside."""
    found = await row(OF_REPORT, tenant_id, request_id)
    return Whereto(**found) if found else None


async def forwarded_order(tenant_id: str, order_id: UUID) -> Whereto | None:
    """Where an order is, if it is outside."""
    found = await row(OF_ORDER, tenant_id, order_id)
    return Whereto(**found) if found else None


def _row(one: dict[str, Any]) -> Forwarded:
    return Forwarded(**{name: one[name] for name in Forwarded.__slots__})
