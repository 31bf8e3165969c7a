"""Drain the outbox: lease the heads of threads, send them in lanes, mark each by itself."""

import asyncio
import time
from datetime import timedelta
from typing import Final

import structlog

from hotline.rules.message import Failed, Later, Outcome, Outgoing, Turned, Unreachable
from hotline.settings import settings
from hotline.steps.replay import replay_stuck
from hotline.steps.send import Leased, lease, prepare, settle
from notifications.deliver import deliver, lane
from workers.job import run, utc_now
from workers.lanes import Lanes, LaneStuckError
from workers.queues import DELIVERY, awake, wake
from workers.wechat_tokens import SharedTokens

BATCH: Final = 20
MOST_HELD: Final = 48
LONGEST: Final = 60.0  # seconds; a longer queue is gone on with by the next job
LOOK_AGAIN: Final = 0.5  # seconds; something came while something else hangs
LONGEST_TRY: Final = 30.0  # seconds: whoever answers drop by drop is left
PUT_BACK: Final = timedelta(seconds=15)

log = structlog.get_logger()


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many messages it settled."""
    return run(drain_all())


def replay() -> int:
    """RQ job: what a provider's outage left behind goes out once that provider takes again."""
    return run(replay_all())


async def replay_all() -> int:
    """How many messages wait again."""
    freed = await replay_stuck(utc_now())
    if freed:
        log.info("delivery.replayed", messages=freed)
        wake(DELIVERY)
    return freed


async def drain_all() -> int:
    """Everything that is due; a failure stays on its message and holds up its thread alone."""
    awake(DELIVERY)
    lanes, until, settled = Lanes(), time.monotonic() + LONGEST, 0
    under_way: set[asyncio.Task[None]] = set()
    try:
        while True:
            room = min(BATCH, MOST_HELD - len(under_way))
            batch = await lease(room, utc_now()) if room and time.monotonic() < until else []
            under_way |= {asyncio.create_task(_send_one(leased, lanes)) for leased in batch}
            settled += len(batch)
            if not under_way:
                break
            under_way = await _some_done(under_way)
    finally:  # the database went away: what is being handed over comes to an end all the same
        await asyncio.gather(*under_way, return_exceptions=True)
    if time.monotonic() > until:
        wake(DELIVERY)
    return settled


async def _some_done(under_way: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """What still goes on; whatever comes meanwhile does not wait for it."""
    done, rest = await asyncio.wait(
        under_way, timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
    )
    for task in done:
        task.result()
    return rest


async def _send_one(leased: Leased, lanes: Lanes) -> None:
    way, outcome = await _outcome(leased, lanes)
    if isinstance(outcome, Failed | Turned):
        log.warning("delivery.failed", error=outcome.error, attempts=leased.attempts, way=way)
    await settle(leased, outcome, utc_now(), way)


async def _outcome(leased: Leased, lanes: Lanes) -> tuple[str, Outcome]:
    way = ""
    try:
        ready = await prepare(leased)
        if isinstance(ready, Unreachable):
            return way, ready
        way = lane(ready, settings())
        async with lanes.turn(way):
            return way, await _handed_over(ready)
    except LaneStuckError:
        return way, Later(utc_now() + PUT_BACK)
    except Exception as error:  # the edge of a job: the failure becomes a state a person can see
        return way, Failed(type(error).__name__, permanent=False)


async def _handed_over(ready: Outgoing) -> Outcome:
    async with asyncio.timeout(LONGEST_TRY):
        return await deliver(ready, settings(), utc_now(), SharedTokens())
