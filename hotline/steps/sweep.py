"""清理: dead sessions, links and counts of tries that are long over."""

from datetime import datetime, timedelta
from typing import Final

from hotline.database import rows
from hotline.steps.day_key import forget_days

SESSIONS_KEPT: Final = timedelta(days=30)  # who was signed in when can be asked for a while
INVITES_KEPT: Final = timedelta(days=30)
ATTEMPTS_KEPT: Final = timedelta(days=2)


async def forget_visits(now: datetime) -> None:
    """Sessions and links long over, tries that no longer count."""
    await rows("DELETE FROM staff_session WHERE expires_at < $1", now - SESSIONS_KEPT)
    await rows("DELETE FROM invite WHERE expires_at < $1", now - INVITES_KEPT)
    await forget_days(now)
    await rows("DELETE FROM attempt WHERE window_start < $1", now - ATTEMPTS_KEPT)
