"""One module-level loop a worker process, one pool kept open: a job is a plain function on it."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

from hotline import database

Result = TypeVar("Result")

_loop: list[asyncio.AbstractEventLoop] = []


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end on this process's loop, connecting on first use."""
    if not _loop:
        _loop.append(asyncio.new_event_loop())
        _loop[0].run_until_complete(database.connect())
    return _loop[0].run_until_complete(work)


def close() -> None:
    """Close the pool and the loop, as when a worker ends or a test is over."""
    if _loop:
        _loop[0].run_until_complete(database.disconnect())
        _loop.pop().close()


def utc_now() -> datetime:
    """The time, at the edge where it enters."""
    return datetime.now(UTC)
