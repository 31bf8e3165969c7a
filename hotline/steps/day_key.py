"""当日密钥: who tries what is counted under a key of the day, which then goes."""

import os
from datetime import date, datetime, timedelta
from typing import Final

from hotline.database import row, rows
from hotline.policy.store import NATIONAL
from hotline.records import new_id
from hotline.records.sealing import kek_envelope

KEPT: Final = timedelta(days=2)
FIELD: Final = "key"
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
        key_id = new_id()
        envelope = kek_envelope(NATIONAL, key_id)
        sealed = envelope.seal(FIELD, os.urandom(32))
        await rows(DRAW, key_id, NATIONAL, day, envelope.kek_id, sealed)
        found = await row(STANDS, NATIONAL, day)
        assert found is not None
    envelope = kek_envelope(NATIONAL, found["id"], found["kek_id"])
    return envelope.unseal(FIELD, found["wrapped_key"])
