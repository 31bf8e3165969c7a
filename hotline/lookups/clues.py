"""媒体线索: what was entered lately, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.rules.actor import Actor
from hotline.rules.terms import RequestStage

MOST: Final = 100

CLUES: Final = """
SELECT r.number, r.stage, r.county, r.township, r.registered_at, r.triage_cause,
  c.outlet, c.url, c.published_at, c.headline, o.number AS order_number
FROM media_clue c
JOIN service_request r ON r.tenant_id = c.tenant_id AND r.id = c.id
LEFT JOIN membership m ON m.tenant_id = c.tenant_id AND m.request_id = c.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = c.tenant_id AND o.id = m.order_id
WHERE c.tenant_id = $1 AND r.jurisdiction = ANY($2) ORDER BY c.id DESC LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class ClueRow:
    """One clue with its report's state and, once there is one, its order."""

    number: str
    stage: RequestStage
    county: str | None
    township: str | None
    registered_at: datetime
    outlet: str
    url: str
    published_at: datetime | None
    headline: str
    order_number: str


async def clues(by: Actor) -> list[ClueRow]:
    """The newest first."""
    sight = await sight_of(by)
    found = await rows(CLUES, sight.tenant_id, sorted(sight.jurisdictions), MOST)
    return [_row(one) for one in found]


def _row(one: dict[str, Any]) -> ClueRow:
    return ClueRow(
        number=one["number"],
        stage=RequestStage(one["stage"]),
        county=one["county"],
        township=one["township"],
        registered_at=one["registered_at"],
        outlet=one["outlet"],
        url=one["url"],
        published_at=one["published_at"],
        headline=one["headline"],
        order_number=one["order_number"] or "",
    )
