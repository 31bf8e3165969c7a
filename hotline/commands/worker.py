"""后台处理进程 one worker on exactly one queue, as the Procfile starts it."""

import argparse
import signal
import time
from typing import Final

import redis
from rq import Queue, SimpleWorker

from hotline.commands.launch.at_hand import refuse_without_keys
from hotline.commands.launch.words import Trouble
from hotline.logs import set_up
from hotline.settings import settings

AGAIN: Final = 0.5  # seconds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Exactly one queue: only then does a dying worker leave its job where another finds it."""
    parser.add_argument("queue", help="队列 queue: intake, delivery …")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop. Drains are short and trusted, so no process is forked for each."""
    set_up()
    refuse_without_keys()
    connection = redis.Redis.from_url(settings().redis_url)
    try:
        connection.ping()
    except redis.ConnectionError as refusal:
        raise Trouble("无法连接 Redis", "Redis does not answer") from refusal
    while not worked(args.queue, connection):
        time.sleep(AGAIN)
    return 0


def worked(queue: str, connection: redis.Redis) -> bool:
    """Until it is told to stop; False when the queue went away.

    It comes back sooner than a process that ends for it: to load the service anew takes seconds.
    """
    try:
        worker = SimpleWorker(
            [Queue(queue, connection=connection)],
            connection=connection,
            worker_ttl=30,
            maintenance_interval=10,
            log_job_description=False,
        )
        worker.work(logging_level="WARNING")
    except redis.ConnectionError:
        for number in (signal.SIGTERM, signal.SIGINT):  # the worker that heard them is no more
            signal.signal(number, signal.SIG_DFL)
        return False
    return True
