"""保存: reports that still have words, when each last moved, and what holds it."""

from typing import Any, Final
from uuid import UUID

from hotline.database import rows

# what ended, and nothing else happened since; `held`: why it may not go yet
ENDED: Final = """
SELECT r.id, r.number, r.jurisdiction, r.stage, r.wish, r.kinds, r.registered_at, e.at AS ended_at,
  CASE WHEN r.stage IN ('received', 'triage', 'accepted', 'answered') THEN 'open'
    WHEN EXISTS (SELECT FROM membership m JOIN work_order o
      ON o.tenant_id = m.tenant_id AND o.id = m.order_id
      WHERE m.tenant_id = r.tenant_id AND m.request_id = r.id AND m.to_at IS NULL
        AND o.stage NOT IN ('closed', 'withdrawn', 'merged')) THEN 'order'
    WHEN EXISTS (SELECT FROM reward_case w WHERE w.tenant_id = r.tenant_id AND w.request_id = r.id
      AND w.stage NOT IN ('paid', 'refused', 'waived', 'lapsed', 'revoked', 'recovered'))
      THEN 'reward'
    WHEN EXISTS (SELECT FROM identity_ask a WHERE a.tenant_id = r.tenant_id
      AND a.request_id = r.id AND a.decided_at IS NULL) THEN 'custody'
    ELSE '' END AS held
FROM service_request r
JOIN vault v ON v.tenant_id = r.tenant_id AND v.id = r.id AND v.wrapped_key IS NOT NULL
CROSS JOIN LATERAL (SELECT max(at) AS at FROM event
  WHERE tenant_id = r.tenant_id AND aggregate = 'request' AND aggregate_id = r.id) e
"""
OF_SENDER: Final = f"""{ENDED} WHERE r.tenant_id = $1 AND r.sender_index = $2
ORDER BY r.registered_at DESC LIMIT 200"""
STALE: Final = f"""SELECT * FROM ({ENDED} WHERE r.tenant_id = $1 AND r.jurisdiction = $2
  AND r.stage = ANY($3) AND r.registered_at < $4 AND r.id > $5 ORDER BY r.id LIMIT $6) o
ORDER BY id"""  # noqa: S608
NOTHING: Final = UUID(int=0)


async def of_sender(tenant_id: str, index: bytes) -> list[dict[str, Any]]:
    """Every report of one sender that still has words, the newest first."""
    return await rows(OF_SENDER, tenant_id, index)
