"""定时进程: enqueues the sweeps of workers.clock, as the Procfile starts it."""

import argparse

import redis
from rq.cron import CronScheduler

from hotline.commands.launch.words import Trouble
from hotline.logs import set_up
from hotline.settings import settings


def run(_args: argparse.Namespace) -> int:
    """Tick until told to stop; one clock is enough, and a second one does no harm."""
    set_up()
    connection = redis.Redis.from_url(settings().redis_url)
    try:
        scheduler = CronScheduler(connection=connection, logging_level="WARNING")
        scheduler.load_config_from_file("workers.clock")
        scheduler.start()  # type: ignore[no-untyped-call]
    except redis.ConnectionError as refusal:
        raise Trouble("无法连接 Redis", "Redis does not answer") from refusal
    return 0
