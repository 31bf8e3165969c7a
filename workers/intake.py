"""Drain the intake: lease a batch, decide each report by itself, until nothing is left."""

import time

import structlog

from hotline.steps.candidates import Known, rarity
from hotline.steps.claim import Claimed, claim
from hotline.steps.decide import decide, fail
from workers.job import run, utc_now
from workers.queues import DELIVERY, INTAKE, awake, wake

BATCH = 50
LONGEST = 5.0  # seconds; the next job goes on, so that a worker told to stop soon does

log = structlog.get_logger()


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many reports it decided."""
    return run(drain_all())


async def drain_all() -> int:
    """Decide everything that waits; a failure stays on its report and harms no other."""
    awake(INTAKE)
    decided, until = 0, time.monotonic() + LONGEST
    known = await rarity(utc_now())
    while batch := await claim(BATCH, utc_now()):
        for claimed in batch:
            decided += await _decide_one(claimed, known)
        if time.monotonic() > until:
            wake(INTAKE)
            break
    if decided:
        wake(DELIVERY)
    return decided


async def _decide_one(claimed: Claimed, known: Known) -> int:
    try:
        return int(await decide(claimed.tenant_id, claimed.id, utc_now(), known) is not None)
    except Exception as error:  # the edge of a job: the failure becomes a state a person can see
        log.warning("intake.failed", error=type(error).__name__, attempts=claimed.attempts)
        await fail(claimed, error, utc_now())
        return 0
