"""`bench lifecycle`: whole lives of matters a second, in an empty database and in full ones."""

import asyncio
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from hotline.commands.benchmark.deciding import servers_cpu
from hotline.commands.benchmark.desk_rows import add_desk_rows
from hotline.commands.benchmark.growing import Growing
from hotline.commands.benchmark.lives import Lives, living
from hotline.commands.benchmark.warming import warm
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import say
from hotline.loops import new_loop
from hotline.records.rarity import counted

WARM_UP: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """At so many reports in the table; what waited for a person is charged to those that lived."""

    size: int
    lives: int
    per_second: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class LifecycleBench:
    """One run in servers of its own, which it fills."""

    services: Services
    lives: int
    sizes: tuple[int, ...]

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench lifecycle --json`."""
        with asyncio.Runner(loop_factory=new_loop) as runner:  # as a worker runs it
            rows = runner.run(self._rows())
        growth = round(rows[-1].cpu_ms / rows[0].cpu_ms, 3)
        return {"bench": "lifecycle", "rows": [asdict(row) for row in rows], "growth": growth}

    async def _rows(self) -> list[Row]:
        async with living() as lives:
            growing = Growing(self.services.owner_url, lives.tenant_id, lives.counties)
            rows = [await self._row(lives, 0)]
            for size in self.sizes:
                await self._grown(growing, size)
                lives.known = await counted()
                rows.append(await self._row(lives, size))
        return rows

    async def _grown(self, growing: Growing, size: int) -> None:
        """With holders and clocks, whose tables a life reads and writes too."""
        began = time.perf_counter()
        await growing.to(size)
        await add_desk_rows(self.services.owner_url, growing.tenant_id)
        await warm(self.services.owner_url)
        say(f"{size} 件已就绪 / in place, {time.perf_counter() - began:.0f} s")

    async def _row(self, lives: Lives, size: int) -> Row:
        await lives.lived(WARM_UP)
        began, used = time.perf_counter(), self._cpu()
        whole = await lives.lived(self.lives)
        took, used = time.perf_counter() - began, self._cpu() - used
        row = Row(size, whole, round(whole / took, 2), round(used * 1000 / whole, 2))
        say(
            f"{size} 件在库 / in place: {row.lives} 个全程 / whole lives, {row.per_second:g}/s,"
            f" CPU {row.cpu_ms:g} ms"
        )
        return row

    def _cpu(self) -> float:
        return time.process_time() + servers_cpu(Home(Path(self.services.home)).postgres)
