"""Counted tries: who tries what in one window, by one upsert; whoever it is stays a hash."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from hotline.database import row, rows
from hotline.errors import TooMany
from hotline.records import new_id
from hotline.steps.day_key import day_key

COUNT = """
INSERT INTO attempt (id, tenant_id, bucket, window_start, count) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, bucket, window_start) DO UPDATE SET count = attempt.count + $5
RETURNING count
"""

# in one order for all, so that no two processes wait for each other; few are told of
COUNT_ALL = """
WITH t AS (
  INSERT INTO attempt (id, tenant_id, bucket, window_start, count)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[], $5::int[])
    AS t(id, tenant_id, bucket, window_start, count) ORDER BY bucket
  ON CONFLICT (tenant_id, bucket, window_start)
    DO UPDATE SET count = attempt.count + EXCLUDED.count
  RETURNING bucket, count)
SELECT bucket, count FROM t WHERE count > $6
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is tried (`query_code`, `sign_in`) and by whom (an address, a number, a login)."""

    tenant_id: str
    kind: str
    who: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries in one window."""

    most: int
    window: timedelta


async def count_attempt(bucket: Bucket, limit: Limit, now: datetime) -> int:
    """Counts this try, whatever comes of it. TooMany with the seconds till the window ends."""
    tries = await counted(bucket, limit, now)
    if tries > limit.most:
        raise too_many(limit, now)
    return tries


async def counted(bucket: Bucket, limit: Limit, now: datetime, times: int = 1) -> int:
    """How often it was tried in this window, these times included."""
    start = window_start(limit, now)
    key = _told(await day_key(start.date()), bucket)
    found = await row(COUNT, new_id(), bucket.tenant_id, key, start, times)
    return int(found["count"]) if found else 0


async def count_together(
    tries: Sequence[tuple[Bucket, Limit, int]], now: datetime
) -> dict[Bucket, int]:
    """Many that were gathered, each told once, by one statement; those beyond their limit."""
    if not tries:
        return {}
    starts = {limit: window_start(limit, now) for _, limit, _ in tries}
    keys = {limit: await day_key(start.date()) for limit, start in starts.items()}
    told = [_told(keys[limit], bucket) for bucket, limit, _ in tries]
    columns = [(new_id(), one.tenant_id, starts[limit], n) for one, limit, n in tries]
    ids, tenants, windows, times = map(list, zip(*columns, strict=True))
    least = min(limit.most for limit in starts)
    found = await rows(COUNT_ALL, ids, tenants, told, windows, times, least)
    counts = {bytes(one["bucket"]): int(one["count"]) for one in found}
    both = zip(told, tries, strict=True)
    return {one: counts[key] for key, (one, of, _) in both if counts.get(key, 0) > of.most}


def _told(key: bytes, bucket: Bucket) -> bytes:
    """Under the key of the window's day: when that is gone nobody can try out who it was."""
    said = f"{bucket.tenant_id}:{bucket.kind}:{bucket.who}".encode()
    return hmac.digest(key, said, sha256)[:16]


def too_many(limit: Limit, now: datetime) -> TooMany:
    """With the seconds till the window ends."""
    left = window_start(limit, now) + limit.window - now
    return TooMany(max(1, int(left.total_seconds())))


def window_start(limit: Limit, now: datetime) -> datetime:
    """The same moment for every process."""
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)
