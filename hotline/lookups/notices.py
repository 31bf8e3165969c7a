"""站内通知: what a desk is told: its department's messages, and what is for one person alone.

Number and subject only; who reported never stands in a message to a desk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import row, rows
from hotline.policy.sight import sight_of
from hotline.policy.wordings import DEFAULT, catalogue
from hotline.records.handles import handle
from hotline.records.own_kinds import order_kinds
from hotline.rules.actor import Actor
from hotline.rules.message import DUTY
from hotline.rules.wordings import holes

KIND: Final = "notice"
MOST: Final = 100
KEPT: Final = timedelta(days=60)
MINE: Final = """
FROM message m
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
LEFT JOIN notice_read d ON d.tenant_id = m.tenant_id AND d.staff_id = s.id AND d.message_id = m.id
WHERE m.tenant_id = s.tenant_id AND m.available_at <= $2 AND m.available_at > $3
  AND m.available_at >= s.created_at AND m.state <> 'withdrawn'
  AND (o.id IS NOT NULL OR m.fill ?| ARRAY['referral', 'report'])
  AND (m.staff_id = s.id OR (m.recipient = 'department' AND m.department = s.department)){own}
"""
ROWS: Final = """
SELECT x.* FROM staff s CROSS JOIN LATERAL (
  SELECT m.id, m.template, m.recipient, m.available_at, d.at AS read_at,
    coalesce(o.number, m.fill ->> 'referral', m.fill ->> 'report') AS number,
    m.fill ->> 'referral' AS referral, m.fill ->> 'report' AS report,
    o.next_due_at, m.seq,
    EXISTS (SELECT FROM duty_alarm a WHERE a.tenant_id = m.tenant_id AND a.order_id = m.order_id
      AND a.acknowledged_at IS NULL AND a.next_at IS NOT NULL) AS unacknowledged
  {mine} ORDER BY m.available_at DESC, m.seq DESC LIMIT $4) x
WHERE s.id = $1 ORDER BY x.available_at DESC, x.seq DESC
"""
UNREAD: Final = """
SELECT count(*) AS n FROM staff s CROSS JOIN LATERAL (
  SELECT 1 {mine} AND d.at IS NULL LIMIT $4) x WHERE s.id = $1
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the list."""

    handle: str
    subject: str
    number: str
    at: datetime
    is_read: bool
    urgent: bool  # somebody on duty has to say that they have it
    referral: str  # the 督办移送 it is about; "" for the order itself
    report: str  # the 来件 that has no order yet


async def notices(by: Actor, now: datetime) -> list[Notice]:
    """The newest first, read and unread."""
    found = await rows(ROWS.format(mine=await _mine(by)), by.id, now, now - KEPT, MOST)
    return [_notice(one) for one in found]


async def unread(by: Actor, now: datetime) -> int:
    """How many wait to be read; no more than a page shows."""
    found = await row(UNREAD.format(mine=await _mine(by)), by.id, now, now - KEPT, MOST)
    return int(found["n"]) if found else 0


async def _mine(by: Actor) -> str:
    """What a department is told of kinds that the post is not for is told to the others of it."""
    return MINE.format(own=order_kinds(await sight_of(by)))


def _notice(one: dict[str, Any]) -> Notice:
    known = catalogue(DEFAULT).get(one["template"])
    subject = known.subject if known else one["template"]
    asked = {name: one["number"] if name == "number" else "" for name in holes(subject)}
    return Notice(
        handle=handle(KIND, one["id"]),
        subject=subject.format_map(asked),
        number=one["number"],
        at=one["available_at"],
        is_read=one["read_at"] is not None,
        urgent=one["recipient"] == DUTY and one["unacknowledged"],
        referral=one["referral"] or "",
        report=one["report"] or "",
    )
