"""`bench decide`: the whole decision at several sizes of the table, and a worker at the largest."""

import asyncio
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hotline import database
from hotline.commands.benchmark.deciding import SEEDED, Deciding, Row
from hotline.commands.benchmark.draining import raw_rate, worker_rate
from hotline.commands.benchmark.growing import Growing, refuse_reports
from hotline.commands.benchmark.warming import warm
from hotline.commands.drilling.made_up import Author
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import say
from hotline.loops import new_loop
from hotline.policy.store import packs
from hotline.steps.import_policy import import_packs

SIZES: Final = (10_000, 100_000, 1_000_000)
DECISIONS: Final = 2_000
QUERIES: Final = 300
DRAINED: Final = 3_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of the table, ascending, and how many decisions are timed at each."""

    sizes: tuple[int, ...] = SIZES
    decisions: int = DECISIONS
    drained: int = DRAINED


@dataclass
class DecideBench:
    """One run in servers of its own, which it fills."""

    services: Services
    plan: Plan
    tenant: str = ""
    counties: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench decide --json`."""
        with asyncio.Runner(loop_factory=new_loop) as runner:  # as a worker runs it
            return runner.run(self._run())

    async def _run(self) -> dict[str, object]:
        await refuse_reports(self.services.owner_url)
        await database.connect()
        try:
            await self._prepare()
            rows = [await self._at(size) for size in self.plan.sizes]
            rates = await self._drains()
        finally:
            await database.disconnect()
        return {"bench": "decide", "rows": [asdict(row) for row in rows], **rates}

    async def _prepare(self) -> None:
        await import_packs(datetime.now(UTC))
        root = (await packs()).tenants()[-1]
        self.tenant = root.tenant
        self.counties = [(one.code, one.name) for one in root.gazetteer.counties()]
        self.growing = Growing(self.services.owner_url, self.tenant, self.counties)
        author = Author(self.counties, SEEDED)
        postgres = Home(Path(self.services.home)).postgres
        self.deciding = Deciding(self.tenant, self.counties, postgres, author)

    async def _at(self, size: int) -> Row:
        began = time.perf_counter()
        await self.growing.to(size)
        await warm(self.services.owner_url)
        say(f"{size} 件已就绪 / in place, {time.perf_counter() - began:.0f} s")
        row = await self.deciding.row(size, self.plan.decisions, QUERIES)
        say(
            f"{size}: CPU {row.cpu_ms:g} ms, p50 {row.p50_ms:g} ms, p99 {row.p99_ms:g} ms,"
            f" look-alikes p95 {row.lookalike_p95_ms:g} ms"
        )
        return row

    async def _drains(self) -> dict[str, float]:
        """At the largest size: the worker first, then the bare writes."""
        ids = await self.deciding.registered(self.plan.drained)
        decided, memory = await worker_rate(self.services, ids)
        ids = await self.deciding.registered(self.plan.drained)
        raw = await raw_rate(self.services.owner_url, self.tenant, ids, self.deciding.author)
        say(f"研判 / decided {decided:g}/s, bare writes {raw:g}/s, worker {memory:g} MB")
        return {"decided_rps": decided, "drain_rps": raw, "worker_mb": memory}
