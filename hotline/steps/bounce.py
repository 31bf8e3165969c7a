"""退信处理: a mail that was taken and came back: the next way is tried, or a person sees it."""

from datetime import datetime, timedelta
from typing import Any, Final

from hotline.database import row, rows, transaction
from hotline.records import MessageAttempt, new_id
from hotline.records.sealing import blind_index
from hotline.rules.bounces import Bounce
from hotline.rules.message import MAIL

LOOKED_BACK: Final = timedelta(days=14)
PAGE: Final = 2000
MAILED: Final = """
SELECT tenant_id, id, sent_at FROM message WHERE state = 'sent' AND route = 'smtp'
  AND sent_at > $1 AND (sent_at, id) < ($2, $3::uuid) ORDER BY sent_at DESC, id DESC LIMIT $4
"""
TURNED: Final = """
UPDATE message SET state = 'queued', tried = array_append(tried, $3), attempts = 0,
  available_at = $4, sent_at = NULL, route = NULL, error = $5, leased_until = NULL
WHERE tenant_id = $1 AND id = $2 AND state = 'sent' AND route = 'smtp' RETURNING id
"""
LAST: Final = "ffffffff-ffff-ffff-ffff-ffffffffffff"


async def take_bounce(found: Bounce, now: datetime) -> bool:
    """Whether it was one of ours and is final; the same notification twice changes nothing."""
    if not found.permanent:
        return False
    one = await _mailed(found.reference, now)
    if one is None:
        return False
    error = f"smtp.{found.status}"
    async with transaction():
        turned = await row(TURNED, one["tenant_id"], one["id"], MAIL, now, error)
        if turned is None:
            return False
        await MessageAttempt.create(
            id=new_id(), tenant_id=one["tenant_id"], message_id=one["id"], way=MAIL, error=error,
            permanent=True, at=now,
        )  # fmt: skip
    return True


async def _mailed(reference: str, now: datetime) -> dict[str, Any] | None:
    """Our reference is a keyed digest of the id: the mails of two weeks are tried, newest first."""
    since, before = now - LOOKED_BACK, (now + LOOKED_BACK, LAST)
    while page := await rows(MAILED, since, *before, PAGE):
        for one in page:
            if blind_index(one["tenant_id"], "message", str(one["id"])).hex() == reference:
                return one
        before = (page[-1]["sent_at"], str(page[-1]["id"]))
    return None
