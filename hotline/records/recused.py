"""回避: whether somebody has withdrawn from an order, or acts for one who has."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind

# an order that was merged takes along whoever had withdrawn from it
RECUSED: Final = """
WITH RECURSIVE away AS (
  SELECT order_id, staff_id FROM recusal WHERE tenant_id = $1 AND staff_id::text = ANY($3)
  UNION SELECT o.merged_into_id, a.staff_id FROM away a
  JOIN work_order o ON o.tenant_id = $1 AND o.id = a.order_id WHERE o.merged_into_id IS NOT NULL)
SELECT DISTINCT staff_id FROM away WHERE order_id = $2
"""


async def is_recused(tenant_id: str, order_id: UUID, by: Actor) -> bool:
    """Of the staff alone: reporters and the service itself have nothing to withdraw from."""
    if by.kind is not ActorKind.STAFF:
        return False
    return bool(await recused(tenant_id, order_id, [one for one in (by.id, by.on_behalf) if one]))


async def recused(tenant_id: str, order_id: UUID, who: Sequence[str]) -> frozenset[UUID]:
    """Which of these people have withdrawn from an order."""
    found = await rows(RECUSED, tenant_id, order_id, who)
    return frozenset(one["staff_id"] for one in found)
