"""`bench desk`: what people at desks wait for, at several sizes of the table, warm."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Final

import httpx

from hotline import database
from hotline.commands.benchmark.deciding import SEEDED, servers_cpu, share_of
from hotline.commands.benchmark.desk_rows import add_desk_rows
from hotline.commands.benchmark.growing import Growing, refuse_reports
from hotline.commands.benchmark.seated import Seat, seat
from hotline.commands.benchmark.statements import overheard
from hotline.commands.benchmark.warming import warm
from hotline.commands.drilling.made_up import Author
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble, say
from hotline.database import rows
from hotline.loops import new_loop
from hotline.policy.store import packs
from hotline.records.sealing import blind_index
from hotline.rules.assessing import months_back
from hotline.rules.terms import Role
from hotline.steps.count_cohort import count_cohort
from hotline.steps.import_policy import import_packs

POOL: Final = 4
WARM_UP: Final = 10
SHOWN: Final = '<b class="num">'  # beside the call: one report of the caller's
CALLER: Final = "13900000021"  # made up
COUNTED: Final = 3  # times that a page's statements are counted: the most is told
BUSIEST: Final = """
SELECT department FROM held WHERE to_at IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""
ORDERS: Final = """
SELECT o.number FROM work_order o JOIN held h ON h.tenant_id = o.tenant_id AND h.order_id = o.id
WHERE h.department = $1 AND h.to_at IS NULL ORDER BY o.number LIMIT 200
"""
Ask = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the table, ascending, and how often each page is asked for."""

    sizes: tuple[int, ...]
    requests: int


@dataclass(frozen=True, slots=True)
class Row:
    """One page at one size."""

    page: str
    size: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float  # of this process and the database's: what others do meanwhile is not in it
    statements: int
    growth: float  # of cpu_ms, from the smallest size


@dataclass
class DeskBench:
    """One run in servers of its own, which it fills."""

    services: Services
    plan: Plan
    tenant: str = ""
    first: dict[str, float] = field(default_factory=dict)

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench desk --json`."""
        with asyncio.Runner(loop_factory=new_loop) as runner:  # as a web process runs it
            return runner.run(self._run())

    async def _run(self) -> dict[str, object]:
        await refuse_reports(self.services.owner_url)
        await database.connect(pool=POOL)
        try:
            await self._prepare()
            found = [row for size in self.plan.sizes for row in await self._at(size)]
        finally:
            await database.disconnect()
        return {"bench": "desk", "rows": [asdict(row) for row in found]}

    @property
    def postgres(self) -> Path:
        """The folder of the scratch database."""
        return Home(Path(self.services.home)).postgres

    async def _prepare(self) -> None:
        await import_packs(datetime.now(UTC))
        root = (await packs()).tenants()[-1]
        self.tenant = root.tenant
        counties = [(one.code, one.name) for one in root.gazetteer.counties()]
        self.author = Author(counties, SEEDED)
        self.growing = Growing(self.services.owner_url, self.tenant, counties)
        self.supervisor = await seat(self.tenant, Role.SUPERVISOR)
        self.agent = await seat(self.tenant, Role.AGENT)

    async def _at(self, size: int) -> list[Row]:
        began = time.perf_counter()
        await self.growing.to(size)
        caller = blind_index(self.tenant, "phone", CALLER)
        await add_desk_rows(self.services.owner_url, self.tenant, caller)
        await warm(self.services.owner_url)
        say(f"{size} 件已就绪 / in place, {time.perf_counter() - began:.0f} s")
        now = datetime.now(UTC)
        await count_cohort((await packs()).pack(self.tenant), months_back(now, 2)[1], now)
        pages = await self._pages()
        return [await self._row(page, size, ask) for page, ask in pages.items()]

    async def _row(self, page: str, size: int, ask: Ask) -> Row:
        for _ in range(WARM_UP):
            await ask()
        began = time.process_time() + servers_cpu(self.postgres)
        took = [await _timed(ask) for _ in range(self.plan.requests)]
        used = time.process_time() + servers_cpu(self.postgres) - began
        cpu = round(used * 1000 / self.plan.requests, 2)
        row = Row(
            page=page,
            size=size,
            p50_ms=share_of(took, 0.5),
            p95_ms=share_of(took, 0.95),
            cpu_ms=cpu,
            statements=await _statements(ask),
            growth=round(cpu / self.first.setdefault(page, cpu), 2),
        )
        say(
            f"{size:>8} {page:18} p50 {row.p50_ms:g} ms, p95 {row.p95_ms:g} ms,"
            f" CPU {row.cpu_ms:g} ms, {row.statements} 条语句 / statements, x{row.growth:g}"
        )
        return row

    async def _pages(self) -> dict[str, Ask]:
        """Each with another order, word or caller every time."""
        busiest = (await rows(BUSIEST))[0]["department"]
        handler = await seat(self.tenant, Role.HANDLER, department=busiest)
        supervisor = self.supervisor
        numbers = await rows(ORDERS, busiest)
        orders = cycle([one["number"] for one in numbers])
        places, words = _places(self.author), _words(self.author)
        return {
            "queue": lambda: handler.get("/desk?tab=to_sign"),
            "queue_whole": lambda: supervisor.get("/desk?tab=to_sign"),
            "queue_overdue": lambda: supervisor.get("/desk?tab=overdue"),
            "queue_rows": lambda: handler.get("/desk/rows?tab=to_sign"),
            "search_places": lambda: supervisor.post("/desk/search", q=next(places)),
            "search_words": lambda: supervisor.post("/desk/search", q=next(words)),
            "search_own": lambda: handler.post("/desk/search", q=next(places)),
            "search_number": lambda: supervisor.post("/desk/search", q=next(orders)),
            "order": lambda: handler.get(f"/desk/orders/{next(orders)}"),
            "board": lambda: supervisor.get("/board"),
            "board_county": lambda: supervisor.get("/board?by=county"),
            "board_orders": lambda: supervisor.get("/board/orders?what=overdue"),
            "assessment": lambda: supervisor.get("/assessment"),
            "assessment_orders": lambda: supervisor.get(f"/assessment/orders?lead={busiest}"),
            **await self._beside_the_call(),
        }

    async def _beside_the_call(self) -> dict[str, Ask]:
        """What comes up while an agent types."""
        began = await self.agent.post("/agent/calls")
        ref = began.headers["location"]

        def alike() -> Awaitable[object]:
            made = self.author.report()
            return self.agent.post(f"{ref}/look-alikes", part=True, text=made.text)

        if SHOWN not in (await _asked(self.agent, f"{ref}/history")).text:
            raise Trouble("来电人没有历史来件", "the caller has no reports to be shown")
        return {
            "history": lambda: _asked(self.agent, f"{ref}/history"),
            "look_alikes": alike,
        }


def _asked(agent: Seat, path: str) -> Awaitable[httpx.Response]:
    return agent.post(path, part=True, phone=CALLER, secrecy="confidential")


def _places(author: Author) -> Iterator[str]:
    """What stands in very many reports: a county's name begins each."""
    while True:
        yield author.report().text[:2]


def _words(author: Author) -> Iterator[str]:
    """Two characters from anywhere in what somebody told, seldom ones too."""
    while True:
        text = author.report().text
        at = author.chance.randrange(len(text) - 1)
        yield text[at : at + 2]


async def _timed(ask: Ask) -> float:
    began = time.perf_counter()
    await ask()
    return (time.perf_counter() - began) * 1000


async def _statements(ask: Ask) -> int:
    counts = []
    for _ in range(COUNTED):
        async with overheard(POOL) as said:
            await ask()
            await asyncio.sleep(0)  # they are told in the loop's next turn
        counts.append(len(said))
    return int(statistics.median_high(counts))
