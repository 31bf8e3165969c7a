"""The queues' names and the nudge: the row is the truth, this only wakes a worker early."""

import asyncio
import time
from functools import cache
from typing import Any, Final

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue

from hotline.settings import settings

INTAKE: Final = "intake"
DELIVERY: Final = "delivery"
TABLES: Final = "tables"
EXPORTS: Final = "exports"
QUEUES: Final = (INTAKE, DELIVERY)
JOBS: Final = {
    INTAKE: "workers.intake.drain",
    DELIVERY: "workers.delivery.drain",
    TABLES: "workers.tables.drain",
    EXPORTS: "workers.exports.drain",
}
HOST: Final = {TABLES: DELIVERY, EXPORTS: DELIVERY}  # what has no worker of its own
NUDGE_EVERY = 0.2  # seconds; a drain takes everything there is

_last: dict[str, float] = {}
_under_way: set[asyncio.Task[None]] = set()


def nudge(queue: str) -> None:
    """Wake a queue's worker soon; never waited for, and a lost one is found by the clock."""
    now = time.monotonic()
    if now - _last.get(queue, 0.0) < NUDGE_EVERY:
        return
    _last[queue] = now
    task = asyncio.get_running_loop().create_task(_nudge_later(queue))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _nudge_later(queue: str) -> None:
    await asyncio.sleep(NUDGE_EVERY / 10)  # after the answer has gone out
    await asyncio.to_thread(wake, queue)


def wake(queue: str) -> bool:
    """Put one drain on the queue unless one was put there a moment ago."""
    try:
        if not redis().set(f"hotline:wake:{queue}", 1, nx=True, ex=2):
            return False
        Queue(HOST.get(queue, queue), connection=redis()).enqueue(
            JOBS[queue], result_ttl=0, failure_ttl=3600
        )
    except RedisError:
        return False  # the clock's sweep is the floor
    return True


def depths() -> dict[str, Any] | None:
    """How many jobs wait on each queue and how many failed; None when the queue is away."""
    try:
        queues = [Queue(name, connection=redis()) for name in QUEUES]
        return {
            "waiting": {queue.name: queue.count for queue in queues},
            "failed": sum(queue.failed_job_registry.count for queue in queues),
        }
    except RedisError:
        return None


def awake(queue: str) -> None:
    """Called by a drain before its first look: whatever comes from now on wakes it again."""
    try:
        redis().delete(f"hotline:wake:{queue}")
    except RedisError:
        return


def redis() -> Redis:
    """One client a process and server: a process that measures has several servers in turn."""
    return _client(settings().redis_url)


@cache
def _client(url: str) -> Redis:
    return Redis.from_url(url, socket_connect_timeout=0.3, socket_timeout=1.0)
