"""Expired drafts are deleted with the files staged for them; a sent report keeps its own."""

from datetime import datetime

from hotline.database import rows, transaction
from hotline.records import files

BATCH = 200

EXPIRED = """
SELECT tenant_id, id, request_id FROM draft WHERE expires_at <= $1
ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""
# a file is the report's once bound to it, or once the draft was delivered and will be bound
STAGED = """
SELECT a.tenant_id, a.id, a.stored, a.derivative FROM attachment a
WHERE a.tenant_id = $1 AND a.draft_id = $2 AND a.request_id IS NULL AND NOT EXISTS (
  SELECT FROM delivery d WHERE d.tenant_id = $1 AND d.delivery_id = $2::text)
"""


async def expire_drafts(now: datetime) -> int:
    """How many drafts went, a batch in a transaction."""
    gone = 0
    while batch := await _expire(now):
        gone += batch
    return gone


async def _expire(now: datetime) -> int:
    """Files go before their rows: a crash between them leaves nothing that nobody knows of."""
    async with transaction():
        expired = await rows(EXPIRED, now, BATCH)
        for draft in expired:
            tenant_id, draft_id = draft["tenant_id"], draft["id"]
            if draft["request_id"] is None:
                await _delete_files(tenant_id, draft_id)
            await rows("DELETE FROM draft WHERE tenant_id = $1 AND id = $2", tenant_id, draft_id)
    return len(expired)


async def _delete_files(tenant_id: str, draft_id: object) -> None:
    for staged in await rows(STAGED, tenant_id, draft_id):
        await files.delete(*filter(None, (staged["stored"], staged["derivative"])))
        await rows(
            "DELETE FROM attachment WHERE tenant_id = $1 AND id = $2", tenant_id, staged["id"]
        )
