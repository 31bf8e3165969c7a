"""The decision beside the size of the table: one report at a time, warm, CPU and waiting apart."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from hotline.commands.drilling.made_up import Author, MadeUp
from hotline.lookups.look_alikes import Told, look_alikes
from hotline.records.rarity import Known, counted
from hotline.rules.actor import Actor
from hotline.rules.report import Contact, Delivery, Report, Story
from hotline.rules.terms import ActorKind, Channel, Role, Wish
from hotline.steps.decide import decide
from hotline.steps.register import register

WARM_UP: Final = 200
SEEDED: Final = 1_000_003  # not one of the seeds of the filling
SIDE_BY_SIDE: Final = 4  # registrations, which are not what is timed
DOOR: Final = Actor(ActorKind.REPORTER, "web")
TICKS: Final = 100  # of a second, as the kernel counts the time of a process


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the outcome."""

    size: int
    cpu_ms: float
    p50_ms: float
    p99_ms: float
    lookalike_p95_ms: float


@dataclass
class Deciding:
    """Reports that nobody has seen yet, registered as the doors do it."""

    tenant_id: str
    counties: list[tuple[str, str]]
    postgres: Path  # the folder of the scratch database
    author: Author

    async def row(self, size: int, decisions: int, queries: int) -> Row:
        """Measured after a warm-up; the words have been counted as a worker counts them."""
        known = await counted()
        ids = await self.registered(WARM_UP + decisions)
        await self._timed([self._decision(id, known) for id in ids[:WARM_UP]])
        began = time.process_time() + servers_cpu(self.postgres)
        took = await self._timed([self._decision(id, known) for id in ids[WARM_UP:]])
        used = time.process_time() + servers_cpu(self.postgres) - began
        asked = await self._timed([self._query() for _ in range(WARM_UP // 4 + queries)])
        return Row(
            size=size,
            cpu_ms=round(used * 1000 / decisions, 2),
            p50_ms=share_of(took, 0.50),
            p99_ms=share_of(took, 0.99),
            lookalike_p95_ms=share_of(asked[WARM_UP // 4 :], 0.95),
        )

    async def registered(self, count: int) -> list[UUID]:
        """Half of them with the county chosen; each from another telephone."""
        work = enumerate(islice(iter(self.author.report, None), count))
        ids: dict[int, UUID] = {}
        await asyncio.gather(*(self._register(work, ids) for _ in range(SIDE_BY_SIDE)))
        return [ids[place] for place in sorted(ids)]

    async def _register(self, work: Iterator[tuple[int, MadeUp]], ids: dict[int, UUID]) -> None:
        for place, made in work:
            ids[place] = await registered(self.tenant_id, made, chosen=bool(place % 2))

    def _decision(self, id: UUID, known: Known) -> Callable[[], Awaitable[object]]:
        return lambda: decide(self.tenant_id, id, datetime.now(UTC), known)

    def _query(self) -> Callable[[], Awaitable[object]]:
        made = self.author.report()
        agent = Actor(
            ActorKind.STAFF, str(uuid4()), frozenset({Role.AGENT}), jurisdiction=self.tenant_id
        )
        told = Told(text=made.text, county=made.county)
        return lambda: look_alikes(told, agent, datetime.now(UTC))

    async def _timed(self, work: list[Callable[[], Awaitable[object]]]) -> list[float]:
        """Milliseconds of each, one after the other."""
        took = []
        for one in work:
            began = time.perf_counter()
            await one()
            took.append((time.perf_counter() - began) * 1000)
        return took


async def registered(tenant_id: str, made: MadeUp, *, chosen: bool) -> UUID:
    """One more, as a door registers it; `chosen`: the county is named, not found in the words."""
    report = Report(
        tenant_id=tenant_id,
        jurisdiction=tenant_id,
        channel=Channel.WEB,
        wish=Wish.COMPLAIN,
        county=made.county if chosen else None,
        wants_reply=True,
        story=Story(text=made.text, title=made.title),
        contact=Contact(phone=f"139{uuid4().int % 10**8:08}"),
    )
    delivery = Delivery("web", uuid4().hex, made.text.encode())
    return (await register(report, delivery, by=DOOR, now=datetime.now(UTC))).request_id


def share_of(took: list[float], share: float) -> float:
    """The quantile, in milliseconds."""
    ordered = sorted(took)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 2)


def servers_cpu(folder: Path) -> float:
    """Seconds of CPU that the database's processes have used; 0 where the kernel does not say."""
    try:
        parent = (folder / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0]
    except OSError:
        return 0.0
    return sum(_cpu(stat, parent) for stat in Path("/proc").glob("[0-9]*/stat"))


def _cpu(stat: Path, parent: str) -> float:
    try:
        words = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return 0.0
    if stat.parent.name == parent:  # with those that have ended: a pool lets go of idle ones
        return sum(map(int, words[11:15])) / TICKS
    return sum(map(int, words[11:13])) / TICKS if words[1] == parent else 0.0
