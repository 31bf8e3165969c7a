"""通道分道: messages that go one way never wait for those that go another.

A lane takes a few at once. Where a lane is stuck, whoever wants into it is put back for a while
instead of waiting inside the worker, where there is room for some dozens only.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

AT_ONCE: Final = 4  # messages a lane hands over side by side
PATIENCE: Final = 2.0  # seconds to wait for a turn; a lane where that is too short is stuck


class LaneStuckError(Exception):
    """No turn to be had: whatever is under way there does not end."""


class Lanes:
    """The lanes of one drain."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._stuck: set[str] = set()
        self._patience = patience

    @asynccontextmanager
    async def turn(self, lane: str) -> AsyncIterator[None]:
        """One place in the lane. LaneStuckError."""
        turns = self._turns.setdefault(lane, asyncio.Semaphore(AT_ONCE))
        if lane in self._stuck and turns.locked():
            raise LaneStuckError(lane)
        try:
            await asyncio.wait_for(turns.acquire(), self._patience)
        except TimeoutError:
            self._stuck.add(lane)
            raise LaneStuckError(lane) from None
        try:
            yield
        finally:
            turns.release()
            self._stuck.discard(lane)
