"""来电历史: a caller's last reports by blind index; only what came under no stricter secrecy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows
from hotline.policy.sight import sight_of
from hotline.records.sealing import blind_index
from hotline.rules.actor import Actor
from hotline.rules.terms import RequestStage, Secrecy

MOST: Final = 5
# strictest first, as in Secrecy itself
STRICTNESS: Final = tuple(Secrecy)

EARLIER: Final = """
SELECT r.number, r.stage, r.registered_at, r.title, r.county, r.township, r.kinds,
  o.number AS order_number, r.stage IN ('received', 'triage', 'accepted') AS is_open
FROM service_request r
LEFT JOIN membership m ON m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
LEFT JOIN work_order o ON o.tenant_id = m.tenant_id AND o.id = m.order_id
WHERE r.tenant_id = $1 AND r.sender_index = $2 AND r.jurisdiction = ANY($3)
  AND r.secrecy = ANY($4) AND NOT r.wants_reward AND r.channel <> 'media'
ORDER BY is_open DESC, r.registered_at DESC LIMIT $5
"""


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """One earlier report of the same caller, in masked words."""

    number: str
    stage: RequestStage
    registered_at: datetime
    title: str
    county: str | None
    township: str | None
    kinds: tuple[str, ...]
    order: str
    is_open: bool


async def caller_history(
    digits: str, by: Actor, secrecy: Secrecy = Secrecy.CONFIDENTIAL
) -> tuple[EarlierReport, ...]:
    """Open ones first. `digits` by rules.normalise.phone_digits; `secrecy` of the call at hand."""
    sight = await sight_of(by)
    found = await rows(
        EARLIER,
        sight.tenant_id,
        blind_index(sight.tenant_id, "phone", digits),
        sorted(sight.jurisdictions),
        [one.value for one in STRICTNESS[STRICTNESS.index(secrecy) :]],
        MOST,
    )
    return tuple(
        EarlierReport(
            number=one["number"],
            stage=RequestStage(one["stage"]),
            registered_at=one["registered_at"],
            title=one["title"],
            county=one["county"],
            township=one["township"],
            kinds=tuple(one["kinds"]),
            order=one["order_number"] or "",
            is_open=one["is_open"],
        )
        for one in found
    )
