"""专项奖励: the reward scheme that a campaign's label lays over an order, by the report's day."""

from datetime import date
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.policy.pack import Pack

LABELS: Final = """
SELECT DISTINCT p.reward FROM campaign_order c
JOIN campaign p ON p.tenant_id = c.tenant_id AND p.id = c.campaign_id
WHERE c.tenant_id = $1 AND c.order_id = $2 AND c.to_at IS NULL AND p.reward <> ''
  AND $3 BETWEEN p.from_on AND p.to_on
"""


async def labelled_scheme(pack: Pack, order_id: UUID, reported_on: date) -> str:
    """Its code; "" for none, and for several, among which an officer chooses."""
    found = await rows(LABELS, pack.tenant, order_id, reported_on)
    named = {one["reward"] for one in found}
    holding = {one.code for one in pack.rewards if one.campaign and one.may_hold(reported_on)}
    known = sorted(named & holding)
    return known[0] if len(known) == 1 else ""
