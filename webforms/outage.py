"""停机: while the database is away the log has two lines, one when that begins and one when it is
over, with how many were refused meanwhile; nothing of whom, and not a line for each of thousands.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from weakref import WeakKeyDictionary

from hotline import database

LOOK_AGAIN: Final = 1.0  # seconds
QUIET: Final = 3.0  # without a refusal: a database that answers may still have no room to write
log: Final = logging.getLogger("webforms")


class Outage:
    """What the requests of one process meet."""

    def __init__(self, answers: Callable[[], Awaitable[bool]]) -> None:
        self._answers = answers
        self._refused = 0
        self._began = self._latest = 0.0
        self._watch: asyncio.Task[None] | None = None

    def met(self, places: Sequence[str]) -> None:
        """One more was refused for it; the first tells where in the code that was met."""
        self._latest = time.monotonic()
        self._refused += 1
        if self._watch is None or self._watch.done():
            self._began, self._refused = self._latest, 1
            log.error("database away %s", " ".join(places))
            self._watch = asyncio.create_task(self._till_it_is_back())

    async def _till_it_is_back(self) -> None:
        while time.monotonic() - self._latest < QUIET or not await self._answers():  # noqa: ASYNC110
            await asyncio.sleep(LOOK_AGAIN)
        seconds = time.monotonic() - self._began
        log.error("database back after %.0f s, refused meanwhile: %d", seconds, self._refused)


_outages: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, Outage]] = WeakKeyDictionary()


def outage() -> Outage:
    """The one of this event loop."""
    return _outages.setdefault(asyncio.get_running_loop(), Outage(_database_answers))


async def _database_answers() -> bool:
    try:
        await database.row("SELECT 1 AS one")
    except Exception:  # the edge: whatever ails it, it is not back
        return False
    return True
