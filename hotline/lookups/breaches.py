"""问责线索: breaches that the records themselves show, named as 信访工作条例 a44 names them.

What they mean, a person says: nothing here accuses anybody by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.records.own_kinds import report_kinds
from hotline.rules.actor import Actor

BACK: Final = timedelta(days=90)
UNREAD: Final = timedelta(days=1)
MOST: Final = 100
IN_SIGHT: Final = """
r.tenant_id = $1 AND r.jurisdiction = ANY($2) AND r.registered_at >= $3 AND NOT r.historical{own}
"""
ORDERED: Final = """
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = r.tenant_id AND o.id = m.order_id
"""
# 未按规定时限告知: the term of the notice has passed, or was kept too late
NOT_TOLD: Final = """
SELECT r.number, o.number AS order_number, c.due_at AS at FROM service_request r
JOIN clock c ON c.tenant_id = r.tenant_id AND c.holder_id = r.id AND c.scheme = 'notice'
{ordered} WHERE {sight} AND c.due_at < coalesce(c.stopped_at, $4::timestamptz)
ORDER BY c.due_at DESC LIMIT {most}
"""
# 应当受理而不予受理: a refusal that was put right afterwards
NOT_ACCEPTED: Final = """
SELECT r.number, o.number AS order_number, r.decided_at AS at FROM service_request r {ordered}
WHERE {sight} AND r.refuse_reason IS NOT NULL AND o.id IS NOT NULL
  AND r.decided_at <= $4::timestamptz
ORDER BY r.decided_at DESC LIMIT {most}
"""
# 应当登记而未登记: rightly sent, and nobody has mended it since
NOT_REGISTERED: Final = """
SELECT h.channel AS number, NULL AS order_number, h.received_at AS at FROM held_delivery h
WHERE h.tenant_id = $1 AND h.resolved_at IS NULL AND h.received_at BETWEEN $2 AND $3
ORDER BY h.received_at LIMIT {most}
"""
SOUGHT: Final[Mapping[str, str]] = {"not_told": NOT_TOLD, "not_accepted": NOT_ACCEPTED}


@dataclass(frozen=True, slots=True)
class Sign:
    """One record that shows a breach: a report's number, or the door of what lies unread."""

    breach: str
    number: str
    order: str
    at: datetime


async def signs(by: Actor, now: datetime) -> list[Sign]:
    """Of the last ninety days, within this person's sight; leaks no record shows."""
    sight = await sight_of(by)
    seen = (sight.tenant_id, sorted(sight.jurisdictions), now - BACK, now)
    found: list[Sign] = []
    within = IN_SIGHT.format(own=report_kinds(sight))
    for breach, sql in SOUGHT.items():
        asked = sql.format(ordered=ORDERED, sight=within, most=MOST)
        found += [_sign(breach, one) for one in await rows(asked, *seen)]
    unread = NOT_REGISTERED.format(most=MOST)
    lying = await rows(unread, sight.tenant_id, now - BACK, now - UNREAD)
    return found + [_sign("not_registered", one) for one in lying]


def _sign(breach: str, one: Mapping[str, Any]) -> Sign:
    return Sign(breach, one["number"], one["order_number"] or "", one["at"])
