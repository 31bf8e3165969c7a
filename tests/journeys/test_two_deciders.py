"""Two processes decide the same reports at once: one matter each, nobody told twice.

HOTLINE_ROUNDS=200 for a long run.
"""

import asyncio
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

ROUNDS = int(os.environ.get("HOTLINE_ROUNDS", "15"))
DECIDER = """
import asyncio, sys
from datetime import UTC, datetime
from uuid import UUID
from hotline import database
from hotline.steps.decide import decide

async def main():
    await database.connect(pool=4)
    ids = [UUID(word) for word in sys.stdin.read().split()]
    for at in range(0, len(ids), 3):
        await asyncio.gather(*(decide("520000", one, datetime.now(UTC)) for one in ids[at:at + 3]))
    await database.disconnect()

asyncio.run(main())
"""


async def test_what_two_processes_decide_at_once_is_decided_once(db: Services) -> None:
    counties = [place.name for place in (await packs()).pack("522700").gazetteer.counties()]
    ids = [one for turn in range(ROUNDS) for one in await three_alike(turn, counties)]

    ends = await asyncio.gather(*(decided_by_another(db, ids) for _ in range(2)))

    assert ends == [(0, ""), (0, "")]
    assert await rows("SELECT id FROM service_request WHERE stage = 'received'") == []
    # another round's matter may be so like that a person must look: then at all three
    texts = await rows(
        "SELECT r.text, count(DISTINCT m.order_id) AS orders, count(m.order_id) AS members,"
        " (SELECT count(*) FROM message w JOIN service_request t ON t.id = w.request_id"
        " WHERE t.text = r.text) AS told FROM service_request r LEFT JOIN membership m"
        " ON m.request_id = r.id AND m.to_at IS NULL GROUP BY r.text"
    )
    decided = {(one["orders"], one["members"], one["told"]) for one in texts}
    assert decided <= {(1, 3, 3), (0, 0, 0)}
    assert len([one for one in texts if one["orders"]]) >= min(ROUNDS, len(counties)) / 2
    assert (await check_history()).breaks == []


async def three_alike(turn: int, counties: list[str]) -> list[UUID]:
    """The same words of the same place, from three telephones."""
    words = "".join(map(chr, Random(turn).sample(range(0x4E00, 0x9000), 30)))
    what = ("冒黑烟", "污水直排", "施工噪声")[turn // len(counties) % 3]
    text = f"{counties[turn % len(counties)]}{words}{what}"
    return [
        (await registered(text, contact=caller(f"1390000{turn:03}{who}"))).request_id
        for who in range(3)
    ]


async def decided_by_another(db: Services, ids: list[UUID]) -> tuple[int | None, str]:
    """How the other process ended, and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DECIDER,
        env={**os.environ, **db.environment(), "PYTHONPATH": str(CLONE)}, cwd=CLONE,
        stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, complaint = await process.communicate("\n".join(map(str, ids)).encode())
    return process.returncode, complaint.decode()[-2000:]
