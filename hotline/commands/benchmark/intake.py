"""Our signed door beside the bare limit: same machine, same settings, order alternated."""

import asyncio
import base64
import statistics
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import asyncpg

from hotline import database
from hotline.commands.benchmark.draining import resident
from hotline.commands.benchmark.limit import TABLE
from hotline.commands.benchmark.load import Load, Result
from hotline.commands.benchmark.processes import loaded, served, started
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble, say
from hotline.policy.store import packs
from hotline.rules.terms import Channel
from hotline.steps.channel import PREFIX, add_channel
from hotline.steps.import_policy import import_packs
from workers.queues import INTAKE, wake

CLIENTS = (1, 16, 64)
NAME = "bench"
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
DRAIN_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is sent: `requests` at each number of clients, one client sends a quarter."""

    requests: int
    rounds: int
    total: int  # requests after which memory is read


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the outcome."""

    clients: int
    ours_rps: float
    limit_rps: float
    ratio: float
    p50_ms: float
    p99_ms: float


@dataclass
class Bench:
    """One run in servers of its own."""

    services: Services
    plan: Plan
    secret: str = field(default="", repr=False)
    county: str = ""
    sent: int = 0
    decided: int = 0  # by the worker whose memory is told; fewer where time was short

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench intake --json`."""
        asyncio.run(self._prepare())
        with served(self.services, "hotline", "web") as ours:
            with served(self.services, "hotline.commands.benchmark.limit") as limit:
                rows = [self._row(clients, ours[1], limit[1]) for clients in CLIENTS]
            web_mb, worker_mb = self._memory(*ours)
        found = {"rows": [asdict(row) for row in rows], "web_mb": web_mb, "worker_mb": worker_mb}
        found["decided"] = self.decided
        return {"bench": "intake", **found}

    async def _prepare(self) -> None:
        await bare_table(self.services.owner_url)
        await database.connect()
        try:
            await self._open_channel(datetime.now(UTC))
        finally:
            await database.disconnect()

    async def _open_channel(self, now: datetime) -> None:
        await import_packs(now)
        pack = (await packs()).serving()[-1]
        self.county = pack.gazetteer.children(pack.code)[0].code
        fresh = await add_channel(NAME, pack.code, Channel.PARTNER, now)
        self.secret = base64.b64decode(fresh.secret.removeprefix(PREFIX)).hex()

    def _row(self, clients: int, ours_port: int, limit_port: int) -> Row:
        ours: list[Result] = []
        limit: list[Result] = []
        requests = self._requests(clients)
        for number in range(self.plan.rounds):
            turns = [(ours, ours_port, True), (limit, limit_port, False)]
            for results, port, is_ours in reversed(turns) if number % 2 else turns:
                results.append(self._measured(clients, port, is_ours=is_ours))
        pairs = zip(ours, limit, strict=True)
        row = Row(
            clients=clients,
            ours_rps=round(statistics.median(requests / one.seconds for one in ours), 1),
            limit_rps=round(statistics.median(requests / one.seconds for one in limit), 1),
            ratio=round(statistics.median(two.seconds / one.seconds for one, two in pairs), 3),
            p50_ms=round(statistics.median(one.p50_ms for one in ours), 2),
            p99_ms=round(statistics.median(one.p99_ms for one in ours), 2),
        )
        say(
            f"{clients} 个连接 / clients: ours {row.ours_rps:g}/s, limit {row.limit_rps:g}/s,"
            f" ratio {row.ratio:g}, p50 {row.p50_ms:g} ms, p99 {row.p99_ms:g} ms"
        )
        return row

    def _measured(self, clients: int, port: int, *, is_ours: bool) -> Result:
        requests = self._requests(clients)
        warm_up = max(clients, requests // 10)
        path, secret = (f"/hooks/{NAME}", self.secret) if is_ours else ("/limit", "")
        self.sent += (warm_up + requests) if is_ours else 0
        return loaded(Load(port, path, clients, requests, warm_up, self.county, secret))

    def _requests(self, clients: int) -> int:
        return self.plan.requests // 4 if clients == 1 else self.plan.requests

    def _memory(self, web: int, port: int) -> tuple[float, float]:
        """Of the web process after that many requests, and of a worker that decided them all."""
        if (missing := self.plan.total - self.sent) > 0:
            path = f"/hooks/{NAME}"
            loaded(Load(port, path, CLIENTS[1], missing, 1, self.county, self.secret))
            self.sent += missing + 1
        say(f"内存 / memory after {self.sent} requests, and of a worker that decides them")
        with started(self.services, "hotline", "worker", "intake") as worker:
            wake(INTAKE)
            self.decided = asyncio.run(_decided(self.services, self.plan.total))
            say(f"后台已处理 / the worker has decided {self.decided}")
            return resident(web), resident(worker.pid)


async def bare_table(owner_url: str) -> None:
    """The limit's own table, and the database's guarantees; none that holds reports is measured."""
    owner = await asyncpg.connect(owner_url)
    try:
        if await owner.fetchval("SELECT count(*) FROM service_request"):
            raise Trouble("此数据库已有来件，不能用于压测", "this database holds reports")
        await owner.execute(TABLE)
        for name in DURABLE:
            value = await owner.fetchval(f"SHOW {name}")
            say(f"PostgreSQL {name} = {value}")
    finally:
        await owner.close()


async def _decided(services: Services, wanted: int) -> int:
    """Wait till the worker has decided so many, or as many as it can in that time."""
    owner = await asyncpg.connect(services.owner_url)
    until, done, left = time.monotonic() + DRAIN_PATIENCE, 0, 1
    try:
        while done < wanted and left and time.monotonic() < until:
            await asyncio.sleep(1)
            done, left = await owner.fetchrow(
                "SELECT count(*) FILTER (WHERE stage <> 'received'),"
                " count(*) FILTER (WHERE stage = 'received') FROM service_request"
            )
    finally:
        await owner.close()
    return int(done)
