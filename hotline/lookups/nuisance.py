"""滋扰认定: what was proposed and what is in force; who the sender is stands nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.errors import NotFound
from hotline.policy.sight import sight_of
from hotline.records import handles
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor

KIND: Final = "nuisance"
LISTED: Final = """
SELECT n.id, n.why, n.proposed_by, n.proposed_at, n.approved_at, n.until, r.number, s.name,
  (SELECT count(*) FROM service_request a
    WHERE a.tenant_id = n.tenant_id AND a.sender_index = n.sender_index) AS reports
FROM nuisance n JOIN service_request r ON r.tenant_id = n.tenant_id AND r.id = n.request_id
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
LEFT JOIN staff s ON s.tenant_id = n.tenant_id AND s.id::text = n.proposed_by
WHERE n.tenant_id = $1 AND r.jurisdiction = ANY($2) AND n.lifted_at IS NULL
  AND (n.until IS NULL OR n.until > $3){own}
ORDER BY n.proposed_at DESC LIMIT 200
"""
# within a query whose report is `r`: a state, by which nobody learns who it is; never shown to a
# department (two reports of one day would be one sender's) nor for a number that somebody types
OF_SENDER: Final = """
(SELECT max(n.until) FROM nuisance n WHERE n.tenant_id = r.tenant_id
  AND n.sender_index = r.sender_index AND n.lifted_at IS NULL AND n.until > {at})
"""
IN_FORCE: Final = """
SELECT sender_index, max(until) AS until FROM nuisance
WHERE tenant_id = $1 AND sender_index = ANY($2) AND lifted_at IS NULL AND until > $3 GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class NuisanceView:
    """One finding; `until` is None while it waits for a second person."""

    handle: str
    report: str
    reports: int
    why: str
    who: str
    own: bool
    proposed_at: datetime
    until: datetime | None


async def nuisances(by: Actor, now: datetime) -> list[NuisanceView]:
    """The newest first."""
    sight = await sight_of(by)
    sql = LISTED.format(own=report_kinds(sight))
    found = await rows(sql, sight.tenant_id, sorted(sight.jurisdictions), now)
    return [
        NuisanceView(
            handle=handles.handle(KIND, one["id"]),
            report=one["number"],
            reports=one["reports"],
            why=one["why"],
            who=one["name"] or "",
            own=by.is_one_of(one["proposed_by"]),
            proposed_at=one["proposed_at"],
            until=one["until"],
        )
        for one in found
    ]


async def nuisances_until(
    tenant_id: str, senders: Iterable[bytes | None], now: datetime
) -> dict[bytes, datetime]:
    """Until when a finding is in force, of those of whom one is. Neither why nor on what."""
    known = [one for one in senders if one]
    found = await rows(IN_FORCE, tenant_id, known, now) if known else []
    return {bytes(one["sender_index"]): one["until"] for one in found}


def nuisance_at(told: str) -> UUID:
    """From the handle in an address."""
    found = handles.opened(KIND, told)
    if found is None:
        raise NotFound("nuisance")
    return found
