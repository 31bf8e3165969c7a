"""Expired drafts are deleted with the files staged for them; a sent report keeps its own."""

from datetime import datetime

from hotline.database import rows, transaction
from hotline.records import files

BATCH = 200

EXPIRED = """
SELECT tenant_id, id FROM draft WHERE expires_at < $1
ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""
# a file is the report's once bound to it, or once the draft was delivered and will be bound
STAGED = """
SELECT a.tenant_id, a.id, a.stored, a.derivative FROM attachment a
WHERE a.tenant_id = $1 AND a.draft_id = $2 AND a.request_id IS NULL AND NOT EXISTS (
  SELECT FROM delivery d WHERE d.tenant_id = $1 AND d.delivery_id = $2::text)
"""


async def expire_drafts(now: datetime, limit: int = BATCH) -> int:
    """One batch; returns how many drafts went. Files go first: a crash leaves nothing lying."""
    async with transaction():
        expired = await rows(EXPIRED, now, limit)
        for draft in expired:
            await _delete_files(draft["tenant_id"], draft["id"])
            await rows(
                "DELETE FROM draft WHERE tenant_id = $1 AND id = $2",
                draft["tenant_id"],
                draft["id"],
            )
    return len(expired)


async def _delete_files(tenant_id: str, draft_id: object) -> None:
    for staged in await rows(STAGED, tenant_id, draft_id):
        await files.delete(*filter(None, (staged["stored"], staged["derivative"])))
        await rows(
            "DELETE FROM attachment WHERE tenant_id = $1 AND id = $2", tenant_id, staged["id"]
        )
