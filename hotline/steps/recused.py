"""回避的共同部分: who has withdrawn from an order, or acts for one who has, does nothing to it."""

from uuid import UUID

from hotline.errors import NotAllowed
from hotline.records.recused import is_recused
from hotline.rules.actor import Actor


async def check_not_recused(tenant_id: str, order_id: UUID, by: Actor) -> None:
    """NotAllowed("recused")."""
    if await is_recused(tenant_id, order_id, by):
        raise NotAllowed("recused")
