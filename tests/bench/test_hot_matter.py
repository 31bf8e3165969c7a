"""The hot matter: hundreds report one smell at once. One order or the desk, and nobody waits.

HOTLINE_TEST_LONG=1 sends five thousand. Everything is made up（虚构）.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from random import Random

from hotline.commands.launch.home import CLONE
from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.lookups import desk
from hotline.lookups.history_check import check_history
from hotline.lookups.look_alikes import Told, look_alikes
from hotline.lookups.order import order
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from tests.steps.builders import NOW, caller, registered

MANY = 5000 if os.environ.get("HOTLINE_TEST_LONG") else 250
PLACE = "都匀市小围寨街道"
SAID = ("刺鼻的塑料味", "难闻的臭气", "烧焦的气味", "熏人的化工味", "像烂鸡蛋的味道")
SINCE = ("从昨晚开始", "今天一早", "这两天", "半夜三点多", "下班回来")
SAME = f"{PLACE}塑料厂（虚构）整夜排放刺鼻臭气，住在附近的人都睡不着觉，请立即派人来查。"
# what an agent and a desk are owed (p95): look-alikes on the screen, a page of what is to be signed
LOOK_ALIKES_WITHIN = 0.5
QUEUE_WITHIN = 0.2
BESIDE = 6  # times what they take alone, where the machine is too slow for these
# The worker is a process of its own, as in the service.
WORKER = """
import asyncio
from hotline import database
from workers import intake

async def main():
    async with database.connected(pool=4):
        while await intake.drain_all():
            pass

asyncio.run(main())
"""
LEAD = Actor(
    ActorKind.STAFF, "desk", frozenset({Role.HANDLER}), "522701.environment", "522700", "某某"
)
AGENT = Actor(ActorKind.STAFF, "agent", frozenset({Role.AGENT}), jurisdiction="522700")


async def test_a_hot_matter_is_one_matter_and_harms_nobody(db: Services) -> None:
    await registered(SAME, contact=caller("13700000000"))
    for number in range(1, MANY):
        await registered(worded(number), contact=caller(f"137{number:08}"), wants_reply=True)
    likes, queue = await p95_while(drained(db))

    decided = await rows("SELECT stage, failure, count(*) AS n FROM service_request GROUP BY 1, 2")
    assert {one["stage"] for one in decided} <= {"accepted", "triage"}
    assert {one["failure"] for one in decided} == {None}
    assert sum(one["n"] for one in decided) == MANY
    joined = await rows("SELECT number, report_count AS n FROM work_order ORDER BY n DESC")
    assert joined[0]["n"] >= MANY / 3
    assert len(joined) == 1  # the rest waits at the desk, however it is worded
    alone = await p95_while(asyncio.sleep(0))
    assert likes < max(LOOK_ALIKES_WITHIN, BESIDE * alone[0])
    assert queue < max(QUEUE_WITHIN, BESIDE * alone[1])
    await each_is_told_once()
    shown = await order(LEAD, joined[0]["number"], NOW)
    assert (shown.report_count, len(shown.reports)) == (joined[0]["n"], 30)
    assert (await check_history()).breaks == []


def worded(number: int) -> str:
    """Half send the same words on; the others use their own."""
    chance = Random(number)
    if number % 2:
        return SAME
    what, since = chance.choice(SAID), chance.choice(SINCE)
    return f"{since}{PLACE}塑料厂（虚构）那边飘来{what}，家里有老人孩子，第{number}户住户请求查处。"


async def drained(db: Services) -> None:
    """As the service does: a worker decides until nothing is left."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, cwd=CLONE,
        env={**os.environ, **db.environment(), "PYTHONPATH": str(CLONE)},
    )  # fmt: skip
    assert await worker.wait() == 0


async def each_is_told_once() -> None:
    """A reporter at most once; the department of the matter once for all that joined."""
    told = await rows(
        "SELECT count(*) AS n FROM message WHERE recipient = 'reporter' GROUP BY request_id"
    )
    assert {one["n"] for one in told} == {1}
    grown = await rows("SELECT count(*) AS n FROM message WHERE template = 'order.joined'")
    assert grown[0]["n"] == 1


async def p95_while(work: Awaitable[None]) -> tuple[float, float]:
    """Seconds that an agent's look-alikes and a desk's queue take meanwhile."""
    task, likes, queue = asyncio.ensure_future(work), [], []
    while not task.done() or len(likes) < 20:
        likes.append(await seconds(lambda: look_alikes(Told(SAME, "522701"), AGENT, NOW)))
        queue.append(await seconds(lambda: desk.queue(LEAD, desk.Tab.TO_SIGN, NOW)))
        await asyncio.sleep(0.02)
    await task
    return p95(likes), p95(queue)


def p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)]


async def seconds(ask: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await ask()
    return time.perf_counter() - began
