"""收款信息到期销毁: whom to pay is needed till a payment is confirmed and cannot fall any more.

Sums, postings, batches and voucher numbers stay, as the books must: they name nobody.
"""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows
from hotline.policy.store import packs

# not while it is counted again, or something of it is still to come back
FORGET: Final = """
UPDATE reward_claim k SET wrapped_key = NULL, sealed = NULL, wiped_at = $4
FROM reward_case c WHERE c.tenant_id = k.tenant_id AND c.id = k.case_id
  AND k.tenant_id = $1 AND c.jurisdiction = $2 AND k.wrapped_key IS NOT NULL AND k.ended_at < $3
  AND c.paid_at IS NOT NULL AND c.recount_due = '' AND c.stage IN ('paid', 'recovered')
RETURNING k.id
"""


async def forget_payees(now: datetime) -> int:
    """How many were destroyed; none where the pack names no days. As often as one likes."""
    gone = 0
    for pack in (await packs()).serving():
        if pack.protection.payee_days is not None:
            before = now - timedelta(days=pack.protection.payee_days)
            gone += len(await rows(FORGET, pack.tenant, pack.code, before, now))
    return gone
