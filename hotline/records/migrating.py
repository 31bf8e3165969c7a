"""升级 the schema brought up to date beside a running service: short locks, long work afterwards.

A migration itself only does what takes a moment, whatever the table holds (a test reads each of
them). What must look at every row comes after it, under locks that let everybody read and write:
constraints are validated, indexes of tables that were there before are built.
"""

import asyncio
import re
from typing import Final

import asyncpg
from tortoise import Tortoise
from tortoise.exceptions import OperationalError

from hotline.database import tortoise_config
from hotline.records import stepping
from hotline.records.constraints import INDEXES

MIGRATION_LOCK: Final = 0x686F746C  # "hotl"
TRIES: Final = 20  # at a table that somebody holds: each waits a moment only, and so does who comes
AGAIN: Final = 0.2  # seconds

NAME: Final = re.compile(r"CREATE (?:UNIQUE )?INDEX (\w+)")
STANDING: Final = """
SELECT c.relname AS name, i.indisvalid AS whole
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relnamespace = 'public'::regnamespace
"""
UNPROVEN: Final = """
SELECT conrelid::regclass::text AS of_table, conname AS name FROM pg_constraint
WHERE NOT convalidated AND connamespace = 'public'::regnamespace
"""


async def migrate(owner_url: str) -> list[str]:
    """Returns the migrations applied now. Safe to call from many, and while the service runs."""
    alone = await asyncpg.connect(owner_url)
    try:
        # Asked for again and again: whoever waited for it in one statement would hold a snapshot,
        # and an index is built only when every older snapshot is gone.
        while not await alone.fetchval("SELECT pg_try_advisory_lock($1)", MIGRATION_LOCK):  # noqa: ASYNC110
            await asyncio.sleep(AGAIN)
        applied = await _applied(owner_url)
        await _proven(alone)
        await _indexed(alone)
    finally:
        await alone.close()
    return applied


async def _applied(owner_url: str) -> list[str]:
    applied: list[str] = []
    for left in reversed(range(TRIES)):
        try:
            await stepping.migrate(
                tortoise_config(owner_url, pool=1, role=None),
                lambda event, _, name: applied.append(name) if event == "apply_done" else None,
            )
            break
        except (OperationalError, asyncpg.LockNotAvailableError) as refused:
            if not _held_by_somebody(refused) or not left:
                raise
            await asyncio.sleep(AGAIN)
        finally:
            await Tortoise.close_connections()
    return applied


def _held_by_somebody(refused: BaseException) -> bool:
    return isinstance(refused.__cause__ or refused, asyncpg.LockNotAvailableError)


async def _proven(owner: asyncpg.Connection) -> None:
    """Every row is looked at, while everybody goes on writing."""
    for one in await owner.fetch(UNPROVEN):
        await owner.execute(f"ALTER TABLE {one['of_table']} VALIDATE CONSTRAINT {one['name']}")


async def _indexed(owner: asyncpg.Connection) -> None:
    """What is missing; what was begun and broken off is begun anew."""
    standing = {one["name"]: one["whole"] for one in await owner.fetch(STANDING)}
    for statement in INDEXES:
        name = NAME.match(statement)[1]  # type: ignore[index]
        if standing.get(name):
            continue
        await owner.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        await owner.execute(statement.replace(" INDEX ", " INDEX CONCURRENTLY ", 1))
