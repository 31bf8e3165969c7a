"""Drain the intake: lease a batch and decide it, until nothing is left.

Reports of several counties are decided side by side, so that one commit does not wait for another;
those of one county follow each other, for they wait for the same lock anyway. A few that follow
each other are decided in one transaction; what is left of them, or all of them if anything fails,
one by one: a report that cannot be decided harms no other.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Final
from uuid import UUID

import structlog

from hotline.errors import HotlineError
from hotline.steps.candidates import Known, lately, rarity
from hotline.steps.claim import Claimed, claim, claim_tried
from hotline.steps.decide import decide, decide_read, decide_understood, fail
from hotline.steps.decide_together import Left, decide_together
from hotline.steps.undecided import Undecided, undecided
from workers.job import run, utc_now
from workers.queues import DELIVERY, INTAKE, awake, wake

BATCH: Final = 60
AT_ONCE: Final = 3
TOGETHER: Final = 8  # as long as one transaction holds its matters
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
    """A few lanes at once, each county in one. `batch` is sorted by tenant and county."""
    read = await _read(batch)
    return sum(await asyncio.gather(*(_decide_lane(lane, read, known) for lane in _lanes(batch))))


def _lanes(batch: list[Claimed]) -> list[list[Claimed]]:
    lanes: list[list[Claimed]] = [[] for _ in range(AT_ONCE)]
    for (_, county), found in groupby(batch, lambda one: (one.tenant_id, one.county)):
        group = list(found)
        # where no county was chosen the text says which: most likely not the same
        for part in [group] if county else [group[n::AT_ONCE] for n in range(AT_ONCE)]:
            min(lanes, key=len).extend(part)
    return lanes


async def _decide_lane(lane: list[Claimed], read: Read, known: Known) -> int:
    decided = 0
    for _, found in groupby(lane, lambda one: one.tenant_id):
        group = list(found)
        for first in range(0, len(group), TOGETHER):
            decided += await _decide_few(group[first : first + TOGETHER], read, known)
    return decided


async def _decide_few(few: list[Claimed], read: Read, known: Known) -> int:
    """In one transaction where that can be; what is not decided then, one by one."""
    left: Mapping[UUID, Undecided | Left] = {one.id: read[one.id] for one in few if one.id in read}
    alone = few
    if len(few) == len(left) > 1:
        try:
            left = await decide_together([read[one.id] for one in few], utc_now(), known)
            alone = [one for one in few if one.id in left]
        except Exception as error:  # of one of them, and nobody knows of which
            log.warning("intake.not_together", error=type(error).__name__, reports=len(few))
    decided = [await _decide_one(one, left.get(one.id), known) for one in alone]
    return len(few) - len(alone) + sum(decided)


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


async def _decide_one(claimed: Claimed, one: Undecided | Left | None, known: Known) -> int:
    try:
        if claimed.spent:
            raise WorkerLostError
        stage = await _decided(claimed, one, known)
    except Exception as error:  # the edge of a job: the failure becomes a state a person can see
        log.warning("intake.failed", error=type(error).__name__, attempts=claimed.attempts)
        await fail(claimed, error, utc_now())
        return 0
    return int(stage is not None)


async def _decided(claimed: Claimed, one: Undecided | Left | None, known: Known) -> object:
    if one is None:
        return await decide(claimed.tenant_id, claimed.id, utc_now(), known)
    if isinstance(one, Left):
        return await decide_understood(one.one, one.found, utc_now(), known)
    return await decide_read(one, utc_now(), known)
