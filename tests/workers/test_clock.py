"""定时: the clock finds what a lost nudge left behind, and drops what waited too long."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from rq import Queue
from rq.cron import CronScheduler

from hotline.commands.clocks.ticking import Ticking
from hotline.commands.launch.services import Services
from hotline.records import Anchor, Message
from hotline.rules.report import Contact
from hotline.rules.terms import RequestStage
from tests.steps.builders import registered, stage_of
from workers.clock import DRAIN_EVERY
from workers.queues import QUEUES

ROOT = Path(__file__).parents[2]
PROCESSES = (("clock",), ("worker", "intake"), ("worker", "delivery"))
PATIENCE = 60.0
MAIL = Contact(email="reporter@example.org")


@pytest.fixture
def scheduler(queues: "redis.Redis") -> CronScheduler:
    found = CronScheduler(connection=queues, logging_level="WARNING")
    found.load_config_from_file("workers.clock")
    return found


@pytest.fixture
def processes(db: Services, queues: "redis.Redis", tmp_path: Path) -> Iterator[None]:
    """Clock and workers as the Procfile starts them; anchors are exported to a folder of ours."""
    del db, queues
    surroundings = {**os.environ, "HOTLINE_HOME": str(tmp_path)}
    start = "import sys; from hotline.commands import run; run(sys.argv[1], sys.argv[2:])"
    with ExitStack() as stack:
        for words in PROCESSES:
            child = subprocess.Popen(
                [sys.executable, "-c", start, *words], cwd=ROOT, env=surroundings
            )
            stack.callback(child.wait, 20)
            stack.callback(child.terminate)
        yield


def test_every_job_goes_to_a_queue_that_has_a_worker(scheduler: CronScheduler) -> None:
    jobs = {one.func_name: one for one in scheduler.get_jobs()}
    assert set(jobs) == {
        "workers.intake.drain",
        "workers.delivery.drain",
        "workers.sweeps.anchor_history",
        "workers.sweeps.clean_up",
        "workers.tables.drain",
        "workers.wechat.fetch_media",
        "workers.wechat.finish_talks",
        "workers.scanning.scan_files",
        "workers.sweeps.check_routing",
        "workers.bulletins.draft_last",
        "workers.sweeps.check_calendar",
        "workers.sweeps.warn_of_due_dates",
        "workers.duty.call",
        "workers.delivery.replay",
        "workers.exports.drain",
        "workers.sweeps.count_cohorts",
        "workers.sweeps.look_after_rewards",
        "workers.sweeps.hand_over_joint",
        "workers.sweeps.forget_what_ended",
        "workers.partner_files.fetch_files",
    }
    assert {one.queue_name for one in jobs.values()} == set(QUEUES)


def test_jobs_do_not_pile_up_while_no_worker_is_there(scheduler: CronScheduler) -> None:
    assert all(one.job_options["ttl"] <= 2 * (one.interval or 0) for one in scheduler.get_jobs())


def test_no_job_carries_anything_but_its_name(
    scheduler: CronScheduler, queues: "redis.Redis"
) -> None:
    scheduler.enqueue_jobs()
    jobs = [one for name in QUEUES for one in Queue(name, connection=queues).jobs]
    assert len(jobs) == len(scheduler.get_jobs())
    assert {(one.args, tuple(one.kwargs)) for one in jobs} == {((), ())}


def test_a_clock_set_back_by_a_day_ticks_on(
    queues: "redis.Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one set forward does everything once, not a day's worth."""
    ticking, at = Ticking(connection=queues, logging_level="WARNING"), datetime.now(UTC)
    ticking.load_config_from_file("workers.clock")
    for module in ("rq.cron.now", "hotline.commands.clocks.ticking.now"):
        monkeypatch.setattr(module, lambda: at)
    every = len(ticking.enqueue_jobs())
    assert ticking.enqueue_jobs() == []
    at -= timedelta(days=1)
    assert len(ticking.enqueue_jobs()) == every
    assert ticking.calculate_sleep_interval() <= DRAIN_EVERY
    at += timedelta(days=2)
    assert len(ticking.enqueue_jobs()) == every
    assert ticking.enqueue_jobs() == []


async def test_a_report_whose_nudge_was_lost_is_decided_and_its_reporter_told(
    db: Services, processes: None, tmp_path: Path
) -> None:
    receipt = await registered(contact=MAIL, wants_reply=True)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        told = await Message.filter(request_id=receipt.request_id, state="sent").exists()
        if told and await Anchor.all().exists():
            break
        await asyncio.sleep(0.2)
    assert await stage_of(receipt) is RequestStage.ACCEPTED
    (message,) = await Message.filter(request_id=receipt.request_id)
    assert (message.state, message.route) == ("sent", "console")
    assert await Anchor.all().count() == 1
    assert list((tmp_path / "anchors").iterdir()) != []
