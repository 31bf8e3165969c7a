"""后台处理进程 one worker on exactly one queue, as the Procfile starts it."""

import argparse

import redis
from rq import Queue, SimpleWorker

from hotline.commands.launch.words import Trouble
from hotline.logs import set_up
from hotline.settings import settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Exactly one queue: only then does a dying worker leave its job where another finds it."""
    parser.add_argument("queue", help="队列 queue: intake, delivery …")


def run(args: argparse.Namespace) -> int:
    """Work until told to stop. Drains are short and trusted, so no process is forked for each."""
    set_up()
    connection = redis.Redis.from_url(settings().redis_url)
    worker = SimpleWorker(
        [Queue(args.queue, connection=connection)],
        connection=connection,
        worker_ttl=30,
        maintenance_interval=10,
        log_job_description=False,
    )
    try:
        worker.work(logging_level="WARNING")
    except redis.ConnectionError as refusal:
        raise Trouble("无法连接 Redis", "Redis does not answer") from refusal
    return 0
