"""回避的共同部分: who has withdrawn from an order, or acts for one who has, does nothing to it."""

from typing import Final
from uuid import UUID

from hotline.database import row
from hotline.errors import NotAllowed
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind

RECUSED: Final = """
SELECT 1 FROM recusal WHERE tenant_id = $1 AND order_id = $2 AND staff_id::text = ANY($3) LIMIT 1
"""


async def check_not_recused(tenant_id: str, order_id: UUID, by: Actor) -> None:
    """NotAllowed("recused")."""
    if by.kind is not ActorKind.STAFF:
        return
    who = [one for one in (by.id, by.on_behalf) if one]
    if await row(RECUSED, tenant_id, order_id, who):
        raise NotAllowed("recused")
