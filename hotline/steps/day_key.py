"""当日密钥: who tries what is counted under a key of the day, which then goes."""

from datetime import date, datetime, timedelta
from typing import Final

from hotline.database import row, rows
from hotline.policy.store import NATIONAL
from hotline.records import new_id
from hotline.records.sealing import bare_key, new_envelope

KEPT: Final = timedelta(days=2)
DRAW: Final = """
INSERT INTO day_key (id, tenant_id, day, kek_id, wrapped_key) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, day) DO NOTHING
"""
STANDS: Final = "SELECT id, kek_id, wrapped_key FROM day_key WHERE tenant_id = $1 AND day = $2"

_held: dict[date, bytes] = {}


async def day_key(day: date) -> bytes:
    """The same for every process; drawn by whoever asks first."""
    if day not in _held:
        for old in [one for one in _held if one < day - KEPT]:
            del _held[old]
        _held[day] = await _stored(day)
    return _held[day]


async def forget_days(now: datetime) -> None:
    """Keys of days that no window reaches any more."""
    await rows(
        "DELETE FROM day_key WHERE tenant_id = $1 AND day < $2", NATIONAL, (now - KEPT).date()
    )


async def _stored(day: date) -> bytes:
    found = await row(STANDS, NATIONAL, day)
    if found is None:
        drawn = new_envelope(NATIONAL, new_id())
        await rows(DRAW, drawn.subject, NATIONAL, day, drawn.kek_id, drawn.wrapped_key)
        found = await row(STANDS, NATIONAL, day)
        assert found is not None
    return bare_key(NATIONAL, found["id"], found["kek_id"], found["wrapped_key"])
