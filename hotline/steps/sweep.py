"""清理: drafts whose time is over, dead sessions, old counts. Nothing of a report that was sent."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from hotline.database import rows
from hotline.records import files

BATCH: Final = 200
SESSIONS_KEPT: Final = timedelta(days=30)  # who was signed in when can be asked for a while
INVITES_KEPT: Final = timedelta(days=30)
ATTEMPTS_KEPT: Final = timedelta(days=2)

EXPIRED: Final = """
DELETE FROM draft d USING (SELECT tenant_id, id FROM draft WHERE expires_at <= $1
  ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED) old
WHERE d.tenant_id = old.tenant_id AND d.id = old.id RETURNING d.tenant_id, d.id, d.request_id
"""
STAGED: Final = """
DELETE FROM attachment WHERE tenant_id = $1 AND draft_id = $2 AND request_id IS NULL
RETURNING stored, derivative
"""


async def expire_drafts(now: datetime) -> int:
    """Drafts whose time is over, with what was staged for them; how many there were."""
    gone = 0
    while batch := await rows(EXPIRED, now, BATCH):
        for draft in batch:
            if draft["request_id"] is None:  # the files of a draft that was sent are the report's
                await _unstage(draft["tenant_id"], draft["id"])
        gone += len(batch)
    return gone


async def forget_visits(now: datetime) -> None:
    """Sessions and links long over, tries that no longer count."""
    await rows("DELETE FROM staff_session WHERE expires_at < $1", now - SESSIONS_KEPT)
    await rows("DELETE FROM invite WHERE expires_at < $1", now - INVITES_KEPT)
    await rows("DELETE FROM attempt WHERE window_start < $1", now - ATTEMPTS_KEPT)


async def _unstage(tenant_id: str, draft_id: UUID) -> None:
    for held in await rows(STAGED, tenant_id, draft_id):
        await files.delete(*(name for name in (held["stored"], held["derivative"]) if name))
