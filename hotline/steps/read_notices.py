"""已读: one member of staff has read one notice, or all there are."""

from datetime import datetime
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.records.handles import opened
from hotline.rules.actor import Actor

KIND: Final = "notice"
READ: Final = """
INSERT INTO notice_read (id, tenant_id, staff_id, message_id, at)
SELECT gen_random_uuid(), m.tenant_id, s.id, m.id, $2 FROM staff s JOIN message m
  ON m.tenant_id = s.tenant_id AND m.available_at <= $2 AND m.available_at >= s.created_at
  AND (m.staff_id = s.id OR (m.recipient = 'department' AND m.department = s.department))
WHERE s.id = $1 AND ($3::uuid IS NULL OR m.id = $3)
ON CONFLICT (tenant_id, staff_id, message_id) DO NOTHING
"""


async def read_notices(by: Actor, now: datetime, told: str = "") -> None:
    """The one of a handle, or all. A handle of somebody else's marks nothing."""
    one = opened(KIND, told) if told else None
    if told and one is None:
        return
    await rows(READ, UUID(by.id), now, one)
