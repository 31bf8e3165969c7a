"""后台进程: a queue that goes away for a moment does not end the worker; it ends when told."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import redis

from hotline.commands.launch.servers import free_port
from hotline.commands.worker import worked
from tests.support.running_up import wait_until

ROOT = Path(__file__).parents[2]
START = "import sys; from hotline.commands import run; run(sys.argv[1], sys.argv[2:])"


def test_a_queue_that_is_away_leaves_the_worker_free_to_begin_again() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        assert worked("intake", redis.Redis(port=free_port())) is False
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])


def test_a_worker_whose_connections_are_cut_lives_on_and_ends_when_told(
    queues: "redis.Redis", tmp_path: Path
) -> None:
    surroundings = {**os.environ, "HOTLINE_HOME": str(tmp_path)}
    argv = [sys.executable, "-c", START, "worker", "delivery"]
    with subprocess.Popen(argv, cwd=ROOT, env=surroundings) as worker:
        wait_until(lambda: bool(_workers(queues)))
        for one in _workers(queues):
            queues.client_kill_filter(_id=one)
        wait_until(lambda: bool(_workers(queues)))
        assert worker.poll() is None
        worker.terminate()
        assert worker.wait(30) == 0


def _workers(queues: "redis.Redis") -> list[str]:
    """Who waits at this queue's list."""
    database = str(queues.connection_pool.connection_kwargs.get("db", 0))
    waiting = [one for one in queues.client_list() if one["db"] == database]
    return [one["id"] for one in waiting if one["cmd"] in {"blpop", "blmove", "bzpopmin", "brpop"}]
