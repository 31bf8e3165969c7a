"""定时进程: enqueues the sweeps of workers.clock, as the Procfile starts it."""

import argparse
from datetime import timedelta

import redis
from rq.cron import CronJob, CronScheduler
from rq.utils import now

from hotline.commands.launch.words import Trouble
from hotline.logs import set_up
from hotline.settings import settings


class Ticking(CronScheduler):
    """Whose machine's time may be set back: what is due in a while stays due in a while."""

    def enqueue_jobs(self) -> list[CronJob]:
        """Whatever is due, and whatever could not be as far away as it says."""
        for job in self.get_jobs():
            latest = now() + timedelta(seconds=job.interval or 0)
            if job.next_enqueue_time and job.next_enqueue_time > latest:
                job.next_enqueue_time = now()
        return super().enqueue_jobs()


def run(_args: argparse.Namespace) -> int:
    """Tick until told to stop; one clock is enough, and a second one does no harm."""
    set_up()
    connection = redis.Redis.from_url(settings().redis_url)
    try:
        scheduler = Ticking(connection=connection, logging_level="WARNING")
        scheduler.load_config_from_file("workers.clock")
        scheduler.start()  # type: ignore[no-untyped-call]
    except redis.ConnectionError as refusal:
        raise Trouble("无法连接 Redis", "Redis does not answer") from refusal
    return 0
