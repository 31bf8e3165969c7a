"""监督员证、网格员证 as administrators see them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from hotline.database import rows
from hotline.policy.store import packs
from hotline.rules.actor import Actor

CARDS: Final = """
SELECT kind, number, valid_from, valid_to, revoked_at FROM reporter_card
WHERE tenant_id = $1 AND jurisdiction = $2 ORDER BY revoked_at IS NOT NULL, number LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card."""

    kind: str
    number: str
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None


async def cards(by: Actor) -> tuple[CardRow, ...]:
    """Of the own place, those that are good first."""
    tenant = (await packs()).pack(by.jurisdiction).tenant
    return tuple(CardRow(**one) for one in await rows(CARDS, tenant, by.jurisdiction))
