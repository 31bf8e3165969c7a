"""批量导入: take the rows of uploaded tables, a few seconds at a time."""

from datetime import timedelta
from typing import Final

from hotline.steps.run_table import claim_table, run_table
from workers.job import run, utc_now
from workers.queues import INTAKE, TABLES, awake, wake

LONGEST: Final = timedelta(seconds=5)  # then the next job goes on, behind what waits meanwhile


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many tables it went on with."""
    return run(drain_all())


async def drain_all() -> int:
    """One slice of the first table that waits."""
    awake(TABLES)
    batch = await claim_table(utc_now())
    if batch is None:
        return 0
    more = await run_table(batch, utc_now, utc_now() + LONGEST)
    wake(INTAKE)
    wake(TABLES)
    return 1 + int(more)
