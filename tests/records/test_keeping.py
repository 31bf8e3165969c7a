"""The pool that keeps one connection at hand."""

import asyncio
import contextlib

import asyncpg
import pytest

from hotline.commands.launch.services import Services
from hotline.database import AWAY
from hotline.keeping import KeptPool

PATIENCE = 60  # seconds: what hangs hangs for ever

PID = "SELECT pg_backend_pid() AS pid"
MOST = 2


async def opened(db: Services) -> KeptPool:
    return KeptPool(await asyncpg.create_pool(db.database_url, min_size=1, max_size=MOST))


async def test_one_after_another_use_the_same_and_one_that_was_lost_is_replaced(
    db: Services,
) -> None:
    pool = await opened(db)
    first = (await pool.fetch(PID))[0]["pid"]
    with pytest.raises(asyncpg.DivisionByZeroError):
        await pool.fetch("SELECT 1 / 0")
    assert (await pool.fetch(PID))[0]["pid"] == first

    killer = await asyncpg.connect(db.owner_url)
    await killer.execute(f"SELECT pg_terminate_backend({first})")
    await killer.close()
    with contextlib.suppress(*AWAY):  # whoever asks first may be the one who finds out
        await pool.fetch(PID)
    assert (await pool.fetch(PID))[0]["pid"] != first
    await pool.close()


async def test_all_can_be_lent_and_the_end_waits_for_those_at_work(db: Services) -> None:
    pool = await opened(db)
    await pool.fetch(PID)

    begun = asyncio.Semaphore(0)

    async def slow() -> int:
        async with pool.acquire() as one:
            begun.release()
            return int(await one.fetchval("SELECT 1 FROM pg_sleep(0.1)"))

    both = [asyncio.create_task(slow()) for _ in range(MOST)]
    for _ in both:
        await begun.acquire()
    await asyncio.wait_for(pool.close(), PATIENCE)
    assert [await one for one in both] == [1, 1]


async def test_what_comes_back_goes_to_whoever_waits(db: Services) -> None:
    pool = await opened(db)
    async with contextlib.AsyncExitStack() as others:
        for _ in range(MOST - 1):
            await others.enter_async_context(pool.acquire())
        async with pool.acquire():
            waits = asyncio.create_task(pool.fetch("SELECT 1 AS n"))
            await asyncio.sleep(0)
        assert (await asyncio.wait_for(waits, PATIENCE))[0]["n"] == 1
    await pool.close()
