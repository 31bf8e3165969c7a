"""The three texts of an order as they stand: the newest version of each."""

from hotline.records import OrderText, WorkOrder
from hotline.rules.terms import TextKind


async def current_texts(order: WorkOrder) -> dict[TextKind, OrderText]:
    """Kind → newest version; a kind that was never written is not there."""
    found = OrderText.filter(tenant_id=order.tenant_id, order_id=order.id).order_by("version")
    return {TextKind(text.kind): text for text in await found}
