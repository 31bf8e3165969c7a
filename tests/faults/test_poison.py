"""A report that cannot be decided ends before a person, with its reason; the others go on."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hotline.commands.launch.home import CLONE
from hotline.commands.launch.services import Services
from hotline.records import ServiceRequest, Vault
from hotline.steps.claim import MOST_ATTEMPTS
from tests.steps.builders import ODOUR, caller, registered
from workers import intake

# It takes whatever is due with a short lease, and dies of one report before a word is written.
VICTIM = """
import asyncio, os, signal, sys
from datetime import UTC, datetime, timedelta
from uuid import UUID
from hotline import database
from hotline.steps.claim import claim

async def main(killer):
    await database.connect(pool=2)
    while batch := await claim(10, datetime.now(UTC), timedelta(milliseconds=1)):
        for one in batch:
            if one.id == killer:
                os.kill(os.getpid(), signal.SIGKILL)
            await decide(one.tenant_id, one.id, datetime.now(UTC))
    await database.disconnect()

asyncio.run(main(UUID(sys.argv[1])))
"""


async def test_an_unreadable_report_is_set_aside_and_the_rest_goes_on(db: Services) -> None:
    broken = (await registered(ODOUR)).request_id
    await Vault.filter(id=broken).update(report=b"not what was sealed")
    others = await three_more()
    for _ in range(MOST_ATTEMPTS):
        await intake.drain_all()
        await due_again()

    request = await ServiceRequest.get(id=broken)
    assert (request.stage, request.triage_cause) == ("triage", "system.failed")
    assert (request.failure, request.attempts) == ("UnreadableError", MOST_ATTEMPTS)
    assert await ServiceRequest.filter(id__in=others, stage="received").count() == 0


async def test_a_report_that_kills_its_workers_cannot_do_so_for_ever(db: Services) -> None:
    killer = (await registered(ODOUR)).request_id
    others = await three_more()
    deaths = [await victim(db, killer) for _ in range(MOST_ATTEMPTS)]
    assert deaths == [-signal.SIGKILL] * MOST_ATTEMPTS
    await intake.drain_all()

    request = await ServiceRequest.get(id=killer)
    assert (request.stage, request.triage_cause) == ("triage", "system.failed")
    assert request.failure == "WorkerLostError"
    assert await ServiceRequest.filter(id__in=others, stage="received").count() == 0
    assert await ServiceRequest.filter(id__in=others, failure__isnull=False).count() == 0


async def three_more() -> list[UUID]:
    """Of the same county, so that they lie in the same batch."""
    return [
        (await registered(f"{ODOUR}编号{n}（虚构）", contact=caller(f"1380000000{n}"))).request_id
        for n in range(3)
    ]


async def due_again() -> None:
    """The pause after a failure, passed."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    await ServiceRequest.filter(stage="received").update(leased_until=past)


async def victim(db: Services, killer: UUID) -> int | None:
    """How a worker ended that met the killer, if it met it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", VICTIM, str(killer),
        env={**os.environ, **db.environment(), "PYTHONPATH": str(CLONE)}, cwd=CLONE,
    )  # fmt: skip
    return await process.wait()
