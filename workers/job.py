"""One module-level loop a worker process, one pool kept open: a job is a plain function on it."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import structlog

from hotline import database
from hotline.logs import set_up
from hotline.loops import new_loop

Result = TypeVar("Result")

log = structlog.get_logger()

_loop: list[asyncio.AbstractEventLoop] = []


class JobFailedError(Exception):
    """A job ended early; carries the type of what happened, never its words."""


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end on this process's loop, connecting on first use."""
    try:
        loop = _loop[0] if _loop else _connected()
    except BaseException:
        work.close()  # never begun: the database is away, the next job tries again
        raise
    try:
        return loop.run_until_complete(work)
    except Exception as error:  # the edge: the queue keeps what a job raises, words and all
        log.error("job.failed", exc_info=error)
        raise JobFailedError(type(error).__name__) from None


def _connected() -> asyncio.AbstractEventLoop:
    set_up()
    loop = new_loop()
    try:
        loop.run_until_complete(database.connect())
    except BaseException:
        loop.run_until_complete(database.disconnect())
        loop.close()
        raise
    _loop.append(loop)
    return loop


def close() -> None:
    """Close the pool and the loop, as when a worker ends or a test is over."""
    if _loop:
        _loop[0].run_until_complete(database.disconnect())
        _loop.pop().close()


def utc_now() -> datetime:
    """The time, at the edge where it enters."""
    return datetime.now(UTC)
