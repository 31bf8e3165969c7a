"""来电的遗忘: numbers, notes and recordings of calls go with their report, or after their days."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.database import rows, transaction
from hotline.records import Attachment, files

KEPT: Final = timedelta(days=90)  # a call that became no report; its times are counted on
BATCH: Final = 200

FORGET: Final = """
UPDATE phone_call SET wrapped_key = NULL, sealed = NULL, caller_index = NULL, version = version + 1
WHERE tenant_id = $1 AND id = ANY($2)
"""
# no index that would find the person again; and no two open ones may be alike
FORGET_BACK: Final = """
UPDATE call_back SET caller_index = decode(md5(id::text), 'hex')
WHERE tenant_id = $1 AND call_id = ANY($2)
"""
FORGET_NOTES: Final = """
UPDATE call_back_try SET note = NULL WHERE tenant_id = $1 AND call_back_id IN (
  SELECT id FROM call_back WHERE tenant_id = $1 AND call_id = ANY($2))
"""
OF_REPORT: Final = "SELECT id FROM phone_call WHERE tenant_id = $1 AND request_id = $2"
OLD: Final = """
SELECT tenant_id, id FROM phone_call c WHERE began_at < $1 AND request_id IS NULL
  AND wrapped_key IS NOT NULL AND (state <> 'voicemail' OR settled_at IS NOT NULL)
  AND NOT EXISTS (SELECT FROM call_back b WHERE b.tenant_id = c.tenant_id AND b.call_id = c.id
    AND b.state = 'open')
LIMIT $2
"""


async def forget_calls_of(tenant_id: str, request_id: UUID, now: datetime) -> list[str]:
    """Within the transaction that erases the report; returns the files to delete after it."""
    found = await rows(OF_REPORT, tenant_id, request_id)
    return await _forget(tenant_id, [one["id"] for one in found], now)


async def forget_old_calls(now: datetime) -> int:
    """How many were forgotten."""
    gone = 0
    while found := await rows(OLD, now - KEPT, BATCH):
        for tenant_id in {one["tenant_id"] for one in found}:
            calls = [one["id"] for one in found if one["tenant_id"] == tenant_id]
            async with transaction():
                stored = await _forget(tenant_id, calls, now)
            await files.delete(*stored)
        gone += len(found)
    return gone


async def _forget(tenant_id: str, calls: list[Any], now: datetime) -> list[str]:
    if not calls:
        return []
    for sql in (FORGET, FORGET_BACK, FORGET_NOTES):
        await rows(sql, tenant_id, calls)
    held = Attachment.filter(tenant_id=tenant_id, draft_id__in=calls, removed_at__isnull=True)
    stored = [name for one in await held for name in (one.stored, one.derivative) if name]
    await held.update(wrapped_key=None, meta=b"", removed_at=now)
    return stored
