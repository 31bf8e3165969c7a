"""密钥相符: whether a database has begun under keys, and whether those at hand open what is in it.

Asked by its owner before anything else is: an older schema, or none, answers too.
"""

from typing import Final

import asyncpg

from hotline.records.chain import header
from hotline.records.sealing import UnreadableError, bare_key
from hotline.rules.history import GENESIS, digest
from hotline.settings import keys

THERE: Final = "SELECT to_regclass('event') IS NOT NULL AND to_regclass('vault') IS NOT NULL"
BEGUN: Final = "SELECT EXISTS (SELECT FROM event) OR EXISTS (SELECT FROM vault)"
NEWEST: Final = """
SELECT tenant_id, id, kek_id, wrapped_key FROM vault WHERE wrapped_key IS NOT NULL
ORDER BY tenant_id DESC, id DESC LIMIT 1
"""
FIRST: Final = "SELECT * FROM event WHERE seq = 1 LIMIT 9"


async def has_begun(owner_url: str) -> bool:
    """Whether there is a history, which is signed, or a reporter's words, which are sealed."""
    connection = await asyncpg.connect(owner_url)
    try:
        there = await connection.fetchval(THERE)
        return bool(there and await connection.fetchval(BEGUN))
    finally:
        await connection.close()


async def keys_fit(owner_url: str) -> bool:
    """Whether the newest report opens and a history is signed with them: a fresh keys file may call
    another key by the same name.
    """
    connection = await asyncpg.connect(owner_url)
    try:
        newest = await connection.fetchrow(NEWEST)
        first = await connection.fetch(FIRST)
    finally:
        await connection.close()
    return (newest is None or _opens(newest)) and (not first or any(map(_signed, first)))


def _opens(one: asyncpg.Record) -> bool:
    try:
        bare_key(one["tenant_id"], one["id"], one["kek_id"], one["wrapped_key"])
    except UnreadableError:
        return False
    return True


def _signed(event: asyncpg.Record) -> bool:
    """Several are asked, so that one that was edited is left to `verify-history`."""
    covered = header(**dict(event))
    return bool(digest(keys().chain, GENESIS, event["commitment"], covered) == event["digest"])
