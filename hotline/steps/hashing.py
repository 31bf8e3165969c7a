"""Passwords: argon2id in a thread, few at a time; an unknown login costs the same time."""

import asyncio
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.errors import TooMany
from hotline.rules.accounts import password_of

MOST_AT_ONCE: Final = 2  # 46 MiB and a core each
MOST_WAITING: Final = 64

# argon2id as OWASP recommends for one lane; a hash keeps its own cost, so this may be raised
_hasher: Final = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_turns: Final = asyncio.Semaphore(MOST_AT_ONCE)
_waiting: set[object] = set()


async def hashed(password: str) -> str:
    """What is stored of a password."""
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password_of(password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; None (no such account) takes as long. TooMany."""
    if len(_waiting) >= MOST_WAITING:
        raise TooMany(retry_after=5)
    mark = object()
    _waiting.add(mark)
    try:
        async with _turns:
            return await asyncio.to_thread(_matches, stored, password_of(password))
    finally:
        _waiting.discard(mark)


def _matches(stored: str | None, password: str) -> bool:
    nobody = _nobodys()  # in either case, so that the first unknown login takes no longer
    try:
        return _hasher.verify(stored or nobody, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody's")
