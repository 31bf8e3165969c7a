"""来电登记: what one agent has registered today, and where each stands. Masked words only."""

from dataclasses import dataclass
from datetime import datetime

from hotline.database import rows
from hotline.rules.terms import Channel, RequestStage

MOST = 60

REGISTERED = """
SELECT r.number, r.channel, r.stage, r.title, r.county, r.registered_at
FROM service_request r
JOIN delivery d ON d.tenant_id = r.tenant_id AND d.request_id = r.id
WHERE r.tenant_id = $1 AND r.registered_at >= $2 AND d.channel = $3
ORDER BY r.registered_at DESC LIMIT $4
"""


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call of the day."""

    number: str
    channel: Channel
    stage: RequestStage
    title: str
    county: str | None
    registered_at: datetime


async def registered(tenant_id: str, channel: str, since: datetime) -> list[CallRow]:
    """Reports that came by this delivery channel since then, newest first."""
    found = await rows(REGISTERED, tenant_id, since, channel, MOST)
    return [
        CallRow(
            number=row["number"],
            channel=Channel(row["channel"]),
            stage=RequestStage(row["stage"]),
            title=row["title"],
            county=row["county"],
            registered_at=row["registered_at"],
        )
        for row in found
    ]
