"""Micro-batches: what arrived while the last commit was under way is committed together.

One statement, one commit, many callers; each is answered after the commit that holds its row.
A failing batch falls back to one statement a row, so that one bad row harms nobody else; where it
is known which row failed, that one is answered and the others go on together.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class ApartError(Exception):
    """Some items of a batch failed, by their place in it; nothing of the others was tried."""

    def __init__(self, places: Collection[int], error: Exception) -> None:
        super().__init__(type(error).__name__)
        self.places, self.error = places, error


LARGEST = 128
LINGER = 0.003  # seconds


class Batcher(Generic[Item, Outcome]):
    """Collects items of one event loop and writes them a batch at a time.

    A caller alone is written at once. Among several, a batch waits a moment for half of them: a
    statement costs far more than a row of it, and while one half is written the other is prepared.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]],
        linger: float = LINGER,
    ) -> None:
        self._write = write
        self._linger = linger
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._writer: asyncio.Task[None] | None = None
        self._enough = 1
        self._gathered: asyncio.Future[None] | None = None

    def put(self, item: Item) -> asyncio.Future[Outcome]:
        """Write one item; its outcome is there after the commit."""
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        elif len(self._waiting) >= self._enough:
            self._stop_waiting()
        return future

    async def _drain(self) -> None:
        while self._waiting:
            if len(self._waiting) < self._enough:
                await self._gather()
            batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            await self._settle(batch)
            about = len(batch) + len(self._waiting)  # so many callers are at it
            self._enough = min(LARGEST, max(1, about // 2))

    async def _gather(self) -> None:
        loop = asyncio.get_running_loop()
        self._gathered = loop.create_future()
        timer = loop.call_later(self._linger, self._stop_waiting)
        await self._gathered
        timer.cancel()

    def _stop_waiting(self) -> None:
        if self._gathered and not self._gathered.done():
            self._gathered.set_result(None)

    async def _settle(self, batch: list[tuple[Item, asyncio.Future[Outcome]]]) -> None:
        try:
            outcomes = await self._write([item for item, _ in batch])
        except ApartError as apart:
            await self._without(batch, apart)
            return
        except Exception as error:  # the edge of the batch: each caller gets its own answer
            await self._fall_back(batch, error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():  # its caller may have gone; the row stands
                future.set_result(outcome)

    async def _without(
        self, batch: list[tuple[Item, asyncio.Future[Outcome]]], apart: ApartError
    ) -> None:
        for place in apart.places:
            if not batch[place][1].done():
                batch[place][1].set_exception(apart.error)
        if rest := [one for at, one in enumerate(batch) if at not in apart.places]:
            await self._settle(rest)

    async def _fall_back(
        self, batch: list[tuple[Item, asyncio.Future[Outcome]]], error: Exception
    ) -> None:
        if len(batch) == 1:
            if not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for one in batch:
            await self._settle([one])


class Batched(Generic[Item, Outcome]):
    """A batcher for whichever event loop asks: a process may run several, one after another."""

    def __init__(
        self,
        write: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]],
        linger: float = LINGER,
    ) -> None:
        self._write = write
        self._linger = linger
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Batcher[Item, Outcome]] = (
            WeakKeyDictionary()
        )

    def put(self, item: Item) -> Awaitable[Outcome]:
        """Write one item; its outcome is there after the commit."""
        loop = asyncio.get_running_loop()
        if (batcher := self._of_loop.get(loop)) is None:
            batcher = self._of_loop[loop] = Batcher(self._write, self._linger)
        return batcher.put(item)
