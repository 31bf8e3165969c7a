"""Two reports of one matter at the same instant, decided by two workers: always one order.

HOTLINE_TEST_LONG=1 races two hundred times. Everything is made up（虚构）.
"""

import asyncio
import json
import os
import sys
from random import Random
from uuid import UUID

from hotline.commands.launch.home import CLONE
from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups.history_check import check_history
from hotline.policy.store import packs
from tests.steps.builders import caller, registered

RACES = 200 if os.environ.get("HOTLINE_TEST_LONG") else 40
PATIENCE = 120
# Each side is told one report a line and answers when it is decided: both begin at once.
DECIDER = """
import asyncio, json, sys
from datetime import UTC, datetime
from uuid import UUID
from hotline import database
from hotline.steps.decide import decide

async def main():
    await database.connect(pool=2)
    loop = asyncio.get_running_loop()
    print("ready", flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        stage = await decide("520000", UUID(json.loads(line)), datetime.now(UTC))
        print(stage, flush=True)
    await database.disconnect()

asyncio.run(main())
"""


async def test_two_workers_at_the_same_instant_open_one_order(db: Services) -> None:
    counties = [place.name for place in (await packs()).pack("522700").gazetteer.counties()]
    pairs = [await two_alike(turn, counties) for turn in range(RACES)]
    sides = [await side(db) for _ in range(2)]
    try:
        async with asyncio.timeout(PATIENCE):
            stages = [await asyncio.gather(*map(told, sides, pair)) for pair in pairs]
    finally:
        for one in sides:
            one.kill()
            await one.wait()

    assert stages == [["accepted", "accepted"]] * RACES
    found = await rows(
        "SELECT count(DISTINCT m.order_id) AS orders, count(*) AS members FROM membership m"
        " JOIN service_request r ON r.id = m.request_id WHERE m.to_at IS NULL GROUP BY r.body_key"
    )
    assert [(one["orders"], one["members"]) for one in found] == [(1, 2)] * RACES
    counts = await rows("SELECT report_count FROM work_order")
    assert [one["report_count"] for one in counts] == [2] * RACES
    assert (await check_history()).breaks == []


async def two_alike(turn: int, counties: list[str]) -> tuple[UUID, UUID]:
    """The same words from two telephones: rare characters, so that no two matters share a word."""
    words = "".join(map(chr, Random(turn).sample(range(0x3400, 0x4DB0), 60)))
    text = f"{counties[turn % len(counties)]}{words}冒黑烟"
    first, second = [
        (await registered(text, contact=caller(f"1390000{turn:03}{who}"))).request_id
        for who in range(2)
    ]
    return first, second


async def side(db: Services) -> asyncio.subprocess.Process:
    """A process with connections of its own, ready to decide."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DECIDER,
        env={**os.environ, **db.environment(), "PYTHONPATH": str(CLONE)}, cwd=CLONE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


async def told(process: asyncio.subprocess.Process, report: UUID) -> str:
    """What became of one report."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{json.dumps(str(report))}\n".encode())
    return (await process.stdout.readline()).decode().strip()
