"""主办、协办: who holds an order now, or of a closed one held it last, as part of a statement."""

from typing import Final

HELD_LAST: Final = """
SELECT h.department FROM held h WHERE h.tenant_id = $1 AND h.order_id = {order}
  AND NOT EXISTS (SELECT FROM held l WHERE l.tenant_id = $1 AND l.order_id = {order}
    AND coalesce(l.to_at, 'infinity') > coalesce(h.to_at, 'infinity'))
"""


def held_last(order: str) -> str:
    """The departments of the order that a column names; $1 is the tenant."""
    return HELD_LAST.format(order=order)
