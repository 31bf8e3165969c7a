"""代理登录: this browser acts in the name of a person who is away, or in its own again."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.errors import NotAllowed
from hotline.records.sealing import token_hash

TAKE: Final = """
UPDATE staff_session t SET acting_for = $2 FROM absence a
WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND a.tenant_id = t.tenant_id
  AND a.staff_id = $2 AND a.deputy_id = t.staff_id AND a.ended_at IS NULL
  AND a.from_at <= $3 AND a.to_at > $3 RETURNING t.id
"""
LEAVE: Final = "UPDATE staff_session SET acting_for = NULL WHERE token_hash = $1"


async def act_for(token: str, staff_id: UUID, now: datetime) -> None:
    """NotAllowed unless that person is away now and this one stands in."""
    if not await rows(TAKE, token_hash(token), staff_id, now):
        raise NotAllowed("absence")


async def act_as_oneself(token: str) -> None:
    """In the own name again."""
    await rows(LEAVE, token_hash(token))
