"""登录: login and password give a session held by the server; wrong tries cost growing minutes.

Whether a login exists shows neither in the answer nor in its time: an unknown one is counted,
locked and hashed like any other.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from hotline.database import row, rows, transaction
from hotline.errors import StepRefused, TooMany
from hotline.policy.store import NATIONAL
from hotline.records import Attempt, SecondFactor, Staff, StaffSession, new_id
from hotline.records.sealing import blind_index, token_hash
from hotline.rules.accounts import login_of, wait_after
from hotline.settings import settings
from hotline.steps.attempt import Bucket, Limit, count_attempt
from hotline.steps.hashing import matches

LIFE: Final = timedelta(hours=12)
WAITS: Final = timedelta(minutes=15)  # for the second factor
TOUCH_EVERY: Final = timedelta(minutes=1)
COUNTED_FOR: Final = timedelta(hours=24)
OF_A_LOGIN: Final = Limit(60, timedelta(hours=1))  # from all addresses together
OF_AN_ADDRESS: Final = Limit(200, timedelta(minutes=15))  # a whole office begins its day


async def sign_in(login: str, password: str, now: datetime, address: str = "") -> str:
    """The session's token. StepRefused("sign_in.wrong") whatever was wrong; TooMany.

    Wrong tries from one address lock the login for that address alone: nobody keeps a handler
    from the desk by failing in the handler's name.
    """
    login = login_of(login)
    bucket = blind_index(NATIONAL, "login", f"{login} {address}")
    await _count(bucket, now)
    await count_attempt(Bucket(NATIONAL, "sign_in.login", login), OF_A_LOGIN, now)
    await count_attempt(Bucket(NATIONAL, "sign_in.address", address), OF_AN_ADDRESS, now)
    staff = await Staff.get_or_none(login=login, active=True)
    if not await matches(staff.password_hash if staff else None, password) or staff is None:
        raise StepRefused("sign_in.wrong")
    await Attempt.filter(tenant_id=NATIONAL, bucket=bucket).delete()
    return await _open_session(staff, now)


async def touch(token: str, now: datetime) -> None:
    """The session was used; written once a minute at most."""
    await StaffSession.filter(
        token_hash=token_hash(token), revoked_at__isnull=True, seen_at__lt=now - TOUCH_EVERY
    ).update(seen_at=now)


async def _count(bucket: bytes, now: datetime) -> None:
    """Count this try before it is made, so that many at once are no way round. TooMany."""
    async with transaction():
        await rows("SELECT pg_advisory_xact_lock(hashtext($1))", f"attempt:{bucket.hex()}")
        told = await row(
            "SELECT coalesce(sum(count), 0)::int AS n, max(window_start) AS last FROM attempt"
            " WHERE tenant_id = $1 AND bucket = $2 AND window_start > $3",
            NATIONAL,
            bucket,
            now - COUNTED_FOR,
        )
        if told and told["n"]:
            _check_wait(told["last"] + wait_after(told["n"]) - now)
        await rows(
            "INSERT INTO attempt (id, tenant_id, bucket, window_start, count)"
            " VALUES ($1, $2, $3, $4, 1) ON CONFLICT (tenant_id, bucket, window_start)"
            " DO UPDATE SET count = attempt.count + 1",
            new_id(),
            NATIONAL,
            bucket,
            now,
        )


def _check_wait(left: timedelta) -> None:
    if left > timedelta(0):
        raise TooMany(retry_after=int(left.total_seconds()) + 1)


async def _open_session(staff: Staff, now: datetime) -> str:
    """Where a second factor stands or the role asks for one, it opens nothing before that."""
    token, passed = secrets.token_urlsafe(32), not await _asks_a_second(staff)
    await StaffSession.create(
        tenant_id=staff.tenant_id,
        staff_id=staff.id,
        token_hash=token_hash(token),
        created_at=now,
        seen_at=now,
        expires_at=now + (LIFE if passed else WAITS),
        passed=passed,
    )
    return token


async def _asks_a_second(staff: Staff) -> bool:
    return not settings().second_factor.isdisjoint(staff.roles) or await SecondFactor.exists(
        tenant_id=staff.tenant_id, staff_id=staff.id, confirmed_at__isnull=False
    )
