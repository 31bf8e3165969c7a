"""Drain the intake: lease a batch, decide each report by itself, until nothing is left.

Reports of several counties are decided side by side, so that one commit does not wait for another;
those of one county follow each other, for they wait for the same lock anyway.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final
from uuid import UUID

import structlog

from hotline.errors import HotlineError
from hotline.steps.candidates import Known, lately, rarity
from hotline.steps.claim import Claimed, claim, claim_tried
from hotline.steps.decide import decide, decide_read, fail
from hotline.steps.undecided import Undecided, undecided
from workers.job import run, utc_now
from workers.queues import DELIVERY, INTAKE, awake, wake

BATCH: Final = 60
AT_ONCE: Final = 3
LONGEST: Final = 5.0  # seconds; the next job goes on, so that a worker told to stop soon does

Read = dict[UUID, Undecided]

log = structlog.get_logger()


class WorkerLostError(HotlineError):
    """Every worker that took the report ended before it was decided."""


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many reports it decided."""
    return run(drain_all())


async def drain_all() -> int:
    """Decide everything that waits; a failure stays on its report and harms no other."""
    awake(INTAKE)
    decided, until = 0, time.monotonic() + LONGEST
    known = await rarity(utc_now())
    batch = await claim_tried(utc_now())  # never behind the fresh ones for ever
    while batch := batch or await claim(BATCH, utc_now()):
        tenants = {claimed.tenant_id for claimed in batch}
        known = replace(known, lately=await lately(tenants, utc_now()))
        decided += await _decide_batch(batch, known)
        batch = []
        if time.monotonic() > until:
            wake(INTAKE)
            break
    if decided:
        wake(DELIVERY)
    return decided


async def _decide_batch(batch: list[Claimed], known: Known) -> int:
    """County by county, a few counties at once. `batch` is sorted by county."""
    read, turns = await _read(batch), asyncio.Semaphore(AT_ONCE)

    async def one_county(group: list[Claimed]) -> int:
        async with turns:
            return sum([await _decide_one(claimed, read, known) for claimed in group])

    groups = [list(group) for _, group in groupby(batch, lambda one: (one.tenant_id, one.county))]
    return sum(await asyncio.gather(*map(one_county, _split(groups))))


def _split(groups: list[list[Claimed]]) -> Iterable[list[Claimed]]:
    """Where no county was chosen the text says which: most likely not the same."""
    for group in groups:
        if group[0].county is None:
            yield from (group[place::AT_ONCE] for place in range(min(AT_ONCE, len(group))))
        else:
            yield group


async def _read(batch: list[Claimed]) -> Read:
    """What can be read at once; what cannot is read, and fails, by itself."""
    read: Read = {}
    try:
        for tenant_id, group in groupby(batch, lambda one: one.tenant_id):
            read |= {
                one.request.id: one for one in await undecided(tenant_id, [c.id for c in group])
            }
    except Exception as error:  # of one report, and nobody knows of which
        log.warning("intake.batch_unread", error=type(error).__name__)
    return read


async def _decide_one(claimed: Claimed, read: Read, known: Known) -> int:
    try:
        if claimed.spent:
            raise WorkerLostError
        now, one = utc_now(), read.get(claimed.id)
        stage = await (
            decide_read(one, now, known)
            if one
            else decide(claimed.tenant_id, claimed.id, now, known)
        )
    except Exception as error:  # the edge of a job: the failure becomes a state a person can see
        log.warning("intake.failed", error=type(error).__name__, attempts=claimed.attempts)
        await fail(claimed, error, utc_now())
        return 0
    return int(stage is not None)
