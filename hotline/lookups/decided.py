"""人工确定的类型: masked texts whose kinds a person decided or could have put right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.database import rows

# Decided at the desk: sure. Only found true or not, its kind left as it was: half as sure.
# What the words alone decided and nobody looked at teaches nothing new.
DECIDED: Final = """
SELECT r.title, r.text, o.kinds, bool_or(e.step <> 'find') AS by_desk
FROM work_order o
JOIN membership m ON m.tenant_id = o.tenant_id AND m.order_id = o.id AND m.to_at IS NULL
JOIN service_request r ON r.tenant_id = m.tenant_id AND r.id = m.request_id
JOIN event e ON e.tenant_id = o.tenant_id AND e.aggregate_id IN (o.id, r.id)
  AND e.actor_kind = 'staff' AND e.step IN ('accept', 'correct', 'find')
WHERE o.tenant_id = $1 AND r.registered_at >= $2 AND r.text <> '' AND o.kinds <> '{}'
GROUP BY r.tenant_id, r.id, r.title, r.text, o.kinds, r.registered_at
ORDER BY r.registered_at DESC, r.id LIMIT $3
"""
MOST: Final = 20_000
HALF_SURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Decided:
    """One masked report and the kinds its matter has now."""

    text: str
    kinds: tuple[str, ...]
    weight: float


async def decided(tenant_id: str, since: datetime) -> list[Decided]:
    """The newest first."""
    return [
        Decided(
            f"{one['title']}\n{one['text']}",
            tuple(one["kinds"]),
            1.0 if one["by_desk"] else HALF_SURE,
        )
        for one in await rows(DECIDED, tenant_id, since, MOST)
    ]
