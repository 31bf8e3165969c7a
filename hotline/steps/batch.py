"""Micro-batches: what arrived while the last commit was under way is committed together.

One statement, one commit, many callers; each is answered after the commit that holds its row.
A failing batch falls back to one statement a row, so that one bad row harms nobody else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

LARGEST = 128


class Batcher(Generic[Item, Outcome]):
    """Collects items of one event loop and writes them a batch at a time."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def put(self, item: Item) -> Outcome:
        """Write one item; returns its outcome after the commit."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        return await asyncio.shield(future)

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            await self._settle(batch)

    async def _settle(self, batch: list[tuple[Item, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._write([item for item, _ in batch])
        except Exception as error:  # the edge of the batch: each caller gets its own answer
            await self._fall_back(batch, error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            future.set_result(outcome)

    async def _fall_back(
        self, batch: list[tuple[Item, asyncio.Future[Outcome]]], error: Exception
    ) -> None:
        if len(batch) == 1:
            batch[0][1].set_exception(error)
            return
        for one in batch:
            await self._settle([one])
