"""A pool that keeps one connection at hand: lending it costs as much as ten reports."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg


class KeptPool:
    """For those who write or read without pause, each in a moment."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._at_hand: Any = None
        self._waiting = 0
        self._is_open = True

    async def fetch(self, sql: str, *values: object) -> list[asyncpg.Record]:
        """Rows of a statement that is a transaction by itself."""
        async with self.acquire() as connection:
            return list(await connection.fetch(sql, *values))

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Any]:
        """A connection for a moment: the one at hand, or one more."""
        connection = await self._taken()
        try:
            yield connection
        except BaseException:  # in what state it is, its pool finds out
            await self._pool.release(connection)
            raise
        if self._at_hand is None and self._is_open and not self._waiting:
            self._at_hand = connection
        else:
            await self._pool.release(connection)

    def get_max_size(self) -> int:
        """So many there may be."""
        return int(self._pool.get_max_size())

    async def close(self) -> None:
        """Those at work come back first."""
        self._is_open = False
        if (connection := self._put_down()) is not None:
            await self._pool.release(connection)
        await self._pool.close()

    async def _taken(self) -> Any:
        connection = self._put_down()
        if connection is not None and not connection.is_closed():
            return connection
        self._waiting += 1  # nothing is kept from whoever waits
        try:
            if connection is not None:
                await self._pool.release(connection)
            return await self._pool.acquire()
        finally:
            self._waiting -= 1

    def _put_down(self) -> Any:
        connection, self._at_hand = self._at_hand, None
        return connection
