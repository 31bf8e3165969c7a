"""Tries are counted in windows that begin with the quarter of an hour: a test that counts its own
must not begin in the last moment of one."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.steps.attempt import Limit, window_start

QUARTER: Final = Limit(0, timedelta(minutes=15))  # every longer window ends with one of these
NEEDED: Final = timedelta(seconds=20)  # what such a test takes on a machine that is very busy


async def whole_window() -> None:
    """Wait for the next window where this one is about to end: of forty-five times, once."""
    now = datetime.now(UTC)
    left = window_start(QUARTER, now) + QUARTER.window - now
    if left < NEEDED:
        await asyncio.sleep(left.total_seconds() + 0.1)
