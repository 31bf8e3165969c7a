"""Drain the outbox: lease the heads of threads, send them side by side, mark each by itself."""

import asyncio
import time
from typing import Final

import structlog

from hotline.rules.message import Failed, Outcome, Unreachable
from hotline.settings import settings
from hotline.steps.send import Leased, lease, prepare, settle
from notifications.deliver import deliver
from workers.job import run, utc_now
from workers.queues import DELIVERY, awake, wake
from workers.wechat_tokens import SharedTokens

BATCH: Final = 20
AT_ONCE: Final = 5
LONGEST: Final = 60.0  # seconds; a longer queue is gone on with by the next job

log = structlog.get_logger()


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many messages it settled."""
    return run(drain_all())


async def drain_all() -> int:
    """Everything that is due; a failure stays on its message and holds up its thread alone."""
    awake(DELIVERY)
    settled, until = 0, time.monotonic() + LONGEST
    while batch := await lease(BATCH, utc_now()):
        turns = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(_send_one(leased, turns) for leased in batch))
        settled += len(batch)
        if time.monotonic() > until:
            wake(DELIVERY)
            break
    return settled


async def _send_one(leased: Leased, turns: asyncio.Semaphore) -> None:
    async with turns:
        outcome = await _outcome(leased)
    if isinstance(outcome, Failed):
        log.warning("delivery.failed", error=outcome.error, attempts=leased.attempts)
    await settle(leased, outcome, utc_now())


async def _outcome(leased: Leased) -> Outcome:
    try:
        ready = await prepare(leased)
        return (
            ready
            if isinstance(ready, Unreachable)
            else await deliver(ready, settings(), utc_now(), SharedTokens())
        )
    except Exception as error:  # the edge of a job: the failure becomes a state a person can see
        return Failed(type(error).__name__, permanent=False)
