"""What a page asks of the database: every statement of this process, as it is sent."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg
from tortoise import Tortoise

from hotline.database import raw_pool


@asynccontextmanager
async def overheard(size: int) -> AsyncIterator[list[str]]:
    """Fills with whatever is asked meanwhile. `size`: how many connections the process may have."""
    said: list[str] = []

    def hear(told: asyncpg.connection.LoggedQuery) -> None:
        said.append(told.query)

    held = await _connections(size)
    for connection in held:
        connection.add_query_logger(hear)
    try:
        yield said
    finally:
        for connection in held:
            connection.remove_query_logger(hear)


async def _connections(size: int) -> list[asyncpg.Connection]:
    """All there may be, of both pools; each is there from now on."""
    bare, ours = raw_pool(), Tortoise.get_connection("default")
    async with AsyncExitStack() as stack:
        found = [await stack.enter_async_context(ours.acquire_connection()) for _ in range(size)]
        found += [
            await stack.enter_async_context(bare.acquire()) for _ in range(bare.get_max_size())
        ]
        return [getattr(one, "_con", one) for one in found]
