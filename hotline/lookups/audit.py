"""审计检索: which step was taken, on what, by whom and when; never what was said in it.

An actor that is a reporter or a machine is told by its kind alone: an id of theirs is a report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.rules.accounts import login_of
from hotline.rules.actor import Actor
from hotline.rules.clocks import SHANGHAI
from hotline.rules.numbering import clean_number

MOST: Final = 200
MOST_OUT: Final = 20_000
_DAY: Final = timedelta(days=1)
# Of matters and people within sight; what belongs to no place (a version) by the tenant.
FOUND: Final = """
SELECT e.at, e.aggregate, e.step, e.stage, e.actor_kind, e.department, e.seq,
  s.login, s.name, coalesce(o.number, r.number, p.login, '') AS number
FROM event e
LEFT JOIN staff s ON e.actor_kind = 'staff' AND s.tenant_id = e.tenant_id
  AND s.id::text = e.actor_id
LEFT JOIN work_order o ON e.aggregate = 'order' AND o.tenant_id = e.tenant_id
  AND o.id = e.aggregate_id
LEFT JOIN service_request r ON e.aggregate = 'request' AND r.tenant_id = e.tenant_id
  AND r.id = e.aggregate_id
LEFT JOIN staff p ON e.aggregate = 'staff' AND p.tenant_id = e.tenant_id
  AND p.id = e.aggregate_id
WHERE e.tenant_id = $1 AND e.id >= $3 AND e.id < $4
  AND coalesce(o.jurisdiction, r.jurisdiction, p.jurisdiction, $5) = ANY($2)
  AND ($6 = '' OR e.step = $6)
  AND ($7 = '' OR s.login = $7)
  AND ($8::uuid[] IS NULL OR e.aggregate_id = ANY($8))
ORDER BY e.id DESC LIMIT $9
"""
CALLED: Final = """
SELECT id FROM work_order WHERE tenant_id = $1 AND number = $2
UNION ALL SELECT id FROM service_request WHERE tenant_id = $1 AND number = $2
UNION ALL SELECT id FROM staff WHERE tenant_id = $1 AND login = $3
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for; "" asks nothing. Both days count."""

    since: date
    until: date
    step: str = ""
    login: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `number`: of the order or report, or the login of the account it concerns."""

    at: datetime
    aggregate: str
    number: str
    seq: int
    step: str
    stage: str
    actor_kind: str
    login: str
    name: str
    department: str


async def audit(by: Actor, ask: Asked, most: int = MOST) -> Sequence[Entry]:
    """The newest first, at most so many; one more than shown tells that there are others."""
    sight = await sight_of(by)
    first, last = _id_of(ask.since), _id_of(ask.until + _DAY)
    found = await rows(
        FOUND, sight.tenant_id, sorted(sight.jurisdictions), first, last, by.jurisdiction,
        ask.step, login_of(ask.login), await _concerned(sight.tenant_id, ask.number), most,
    )  # fmt: skip
    return [_entry(one) for one in found]


async def _concerned(tenant_id: str, number: str) -> list[UUID] | None:
    """The order, the report or the account that is asked for; None: whichever."""
    if not number:
        return None
    named = clean_number(number) or ""
    return [one["id"] for one in await rows(CALLED, tenant_id, named, login_of(number))]


def _id_of(day: date) -> UUID:
    """The first id of a day in Shanghai: ids tell when an event was written."""
    begins = max(0.0, datetime.combine(day, time.min, SHANGHAI).timestamp())
    return UUID(bytes=int(begins * 1000).to_bytes(6, "big") + bytes(10))


def _entry(one: dict[str, Any]) -> Entry:
    told: dict[str, Any] = {name: "" if value is None else value for name, value in one.items()}
    return Entry(**told)
