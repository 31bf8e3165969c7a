"""值班表 and what is still unacknowledged, within one person's sight. Phones are masked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.policy.store import packs
from hotline.records.handles import handle
from hotline.records.sealing import kek_envelope
from hotline.rules.actor import Actor
from hotline.rules.masking import masked_phone

KIND: Final = "watch"
PAST: Final = timedelta(days=1)
WATCHES: Final = """
SELECT w.id, w.tenant_id, w.jurisdiction, w.rank, w.from_at, w.to_at, w.kek_id, w.phone,
  s.name, s.login FROM duty_watch w
JOIN staff s ON s.tenant_id = w.tenant_id AND s.id = w.staff_id
WHERE w.tenant_id = $1 AND w.jurisdiction = ANY($2) AND w.to_at > $3
ORDER BY w.from_at, w.rank, s.login LIMIT 200
"""
ALARMS: Final = """
SELECT o.number, a.raised_at, a.told, a.next_at, a.acknowledged_at, s.name AS by_name
FROM duty_alarm a JOIN work_order o ON o.tenant_id = a.tenant_id AND o.id = a.order_id
LEFT JOIN staff s ON s.tenant_id = a.tenant_id AND a.acknowledged_by = 'staff:' || s.id
WHERE a.tenant_id = $1 AND a.jurisdiction = ANY($2)
  AND (a.acknowledged_at > $3 OR a.acknowledged_at IS NULL AND a.next_at IS NOT NULL)
ORDER BY a.acknowledged_at IS NOT NULL, a.raised_at LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """One turn of the list."""

    handle: str
    jurisdiction: str
    rank: int
    name: str
    login: str
    phone: str
    from_at: datetime
    to_at: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """One urgent matter: who was called, whether somebody has it."""

    number: str
    raised_at: datetime
    told: int
    next_at: datetime | None
    acknowledged_at: datetime | None
    by_name: str


async def watches(by: Actor, now: datetime) -> list[Watch]:
    """What stands now and what comes."""
    sight, known = await sight_of(by), await packs()
    found = await rows(WATCHES, sight.tenant_id, sorted(sight.jurisdictions), now)
    return [_watch(one, known.pack(one["jurisdiction"]).name, now) for one in found]


async def alarms(by: Actor, now: datetime) -> list[Alarm]:
    """What nobody has taken up first; then what was taken up since yesterday."""
    sight = await sight_of(by)
    found = await rows(ALARMS, sight.tenant_id, sorted(sight.jurisdictions), now - PAST)
    return [
        Alarm(
            one["number"],
            one["raised_at"],
            one["told"],
            one["next_at"],
            one["acknowledged_at"],
            one["by_name"] or "",
        )
        for one in found
    ]


def _watch(one: dict[str, Any], jurisdiction: str, now: datetime) -> Watch:
    phone = ""
    if one["phone"] is not None:
        envelope = kek_envelope(one["tenant_id"], one["id"], one["kek_id"])
        phone = masked_phone(envelope.unseal("phone", one["phone"]).decode())
    return Watch(
        handle=handle(KIND, one["id"]),
        jurisdiction=jurisdiction,
        rank=one["rank"],
        name=one["name"],
        login=one["login"],
        phone=phone,
        from_at=one["from_at"],
        to_at=one["to_at"],
        is_now=one["from_at"] <= now,
    )
