"""联名份额: how each share of a claim stands, by its newest line."""

from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.rules.payout import Share

NEWEST: Final = """
SELECT DISTINCT ON (payee) payee, state, failure, settled_at, renewed_at IS NOT NULL AS renewed
FROM payout_line WHERE tenant_id = $1 AND claim_id = $2 ORDER BY payee, id DESC
"""
# within a query whose case is `c` and whose claim is `k`: what of it is paid, on its way, or failed
# and not named anew
GONE: Final = """
(SELECT coalesce(sum(n.fen) FILTER (WHERE n.renewed_at IS NULL), 0)
  FROM (SELECT DISTINCT ON (payee) fen, renewed_at FROM payout_line p
    WHERE p.tenant_id = c.tenant_id AND p.claim_id = k.id ORDER BY payee, id DESC) n)
"""


async def shares_of(tenant_id: str, claim_id: UUID) -> tuple[Share, ...]:
    """Those that were in a file at all, by their place among the payees."""
    return tuple([Share(**one) for one in await rows(NEWEST, tenant_id, claim_id)])
