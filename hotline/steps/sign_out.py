"""退出登录: the session ends on the server, whatever the browser keeps."""

from datetime import datetime
from uuid import UUID

from hotline.records import StaffSession
from hotline.records.sealing import token_hash


async def sign_out(token: str, now: datetime) -> None:
    """End one session; a token that is not known is no fault."""
    await StaffSession.filter(token_hash=token_hash(token), revoked_at__isnull=True).update(
        revoked_at=now
    )


async def end_sessions(tenant_id: str, staff_id: UUID, now: datetime, *, but: str = "") -> None:
    """End every session of a person, but for the one of a token."""
    found = StaffSession.filter(tenant_id=tenant_id, staff_id=staff_id, revoked_at__isnull=True)
    await found.exclude(token_hash=token_hash(but)).update(revoked_at=now)
