"""发送不等: while a long table is written, messages and calls of duty go out beside it.

Both lie on one line, so that the small installation needs no further process; they share its loop.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from workers import delivery, duty

AGAIN: Final = 1.0  # seconds

log = structlog.get_logger()


@asynccontextmanager
async def sending_beside() -> AsyncIterator[None]:
    """What is being sent when the table is done comes to its end."""
    over = asyncio.Event()
    going = asyncio.create_task(_go_on(over))
    try:
        yield
    finally:
        over.set()
        await going


async def _go_on(over: asyncio.Event) -> None:
    while not over.is_set():
        for work in (duty.call_all, delivery.drain_all):
            try:
                await work()
            except Exception as error:  # the edge: the line's own job finds it again
                log.warning("beside.failed", error=type(error).__name__)
        with suppress(TimeoutError):
            async with asyncio.timeout(AGAIN):
                await over.wait()
