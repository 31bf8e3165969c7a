"""联名份额: how each share of a claim stands, by its newest line."""

from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.rules.payout import Share

NEWEST: Final = """
SELECT DISTINCT ON (payee) payee, state, failure, settled_at, renewed_at IS NOT NULL AS renewed
FROM payout_line WHERE tenant_id = $1 AND claim_id = $2 ORDER BY payee, id DESC
"""


async def shares_of(tenant_id: str, claim_id: UUID) -> tuple[Share, ...]:
    """Those that were in a file at all, by their place among the payees."""
    return tuple([Share(**one) for one in await rows(NEWEST, tenant_id, claim_id)])
