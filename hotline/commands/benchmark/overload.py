"""`bench overload`: four times as many as there are places; what is taken, refused, and after."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import asyncpg
import httpx

from hotline import database
from hotline.commands.benchmark.doors import PATHS, DoorsBench, Plan
from hotline.commands.benchmark.load import Load
from hotline.commands.benchmark.processes import loaded, served
from hotline.commands.benchmark.seated import Seat
from hotline.commands.launch.home import CLONE
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble, say
from hotline.rules.terms import Role
from hotline.settings import settings
from hotline.steps.enrol import Person, enrol
from hotline.steps.invite import OPERATOR, Post

TIMES: Final = 4
QUIET: Final = 32  # connections of the measure before
ROOM: Final = 3  # times as many requests as were taken then in that time: they do not run out
DOOR: Final = "webhook"
PAGE: Final = "/desk"
PATIENCE: Final = 60.0
LOGIN: Final = ("bench.overload", uuid4().hex)


@dataclass
class OverloadBench:
    """One run in servers of its own."""

    services: Services
    requests: int
    seconds: float

    def run(self) -> dict[str, object]:
        """The outcome, in the words of `bench overload --json`."""
        self.doors = DoorsBench(self.services, Plan(self.requests, 1))
        asyncio.run(self._prepare())
        with served(self.services, "hotline", "web", WEB_CONCURRENCY="1") as (pid, port):
            quiet = loaded(self._load(port, QUIET, self.requests))
            alone = asyncio.run(_at_the_desk(port, 2.0))
            before, had = _megabytes(pid), asyncio.run(self._reports())
            crowd, staff = asyncio.run(self._crowded(port, self.requests / quiet.seconds))
            if asyncio.run(self._reports()) - had < crowd["accepted"]:
                raise Trouble("受理的并非都是新来件", "not all of what was accepted was new")
            found = {
                "bench": "overload",
                "capacity_rps": round(self.requests / quiet.seconds),
                "offered_rps": round((crowd["accepted"] + crowd["refused"]) / crowd["seconds"]),
                "accepted_rps": round(crowd["accepted"] / crowd["seconds"]),
                "refused": crowd["refused"],
                "impolite": crowd["impolite"],
                "p50_ms": round(crowd["p50_ms"], 1),
                "p99_ms": round(crowd["p99_ms"], 1),
                "staff_alone_p95_ms": _p95(alone),
                "staff_p95_ms": _p95(staff),
                "memory_mb": [before, _megabytes(pid)],
                "recovered_s": self._recovered(port),
            }
        say(", ".join(f"{name} {value}" for name, value in found.items()))
        return found

    async def _prepare(self) -> None:
        await database.connect(pool=1)
        try:
            now = datetime.now(UTC)
            await self.doors.let_in(now)
            post = Post(self.doors.county[:2] + "0000", frozenset({Role.SUPERVISOR}), "")
            await enrol(Person(LOGIN[0], "压测人员（虚构）", LOGIN[1]), post, OPERATOR, now)
        finally:
            await database.disconnect()

    async def _reports(self) -> int:
        owner = await asyncpg.connect(self.services.owner_url)
        try:
            return int(await owner.fetchval("SELECT count(*) FROM service_request"))
        finally:
            await owner.close()

    async def _crowded(self, port: int, rate: float) -> tuple[Mapping[str, Any], list[float]]:
        """The crowd is a process of its own; somebody works at a desk meanwhile."""
        crowd = asyncio.to_thread(self._crowd, port, rate)
        found, took = await asyncio.gather(crowd, _at_the_desk(port, self.seconds))
        return found, took

    def _crowd(self, port: int, rate: float) -> Mapping[str, Any]:
        """Each accepted one is a report of its own: what came before costs next to nothing."""
        clients = settings().in_flight * TIMES
        load = self._load(port, clients, clients + round(ROOM * rate * self.seconds))
        done = subprocess.run(
            [sys.executable, "-m", "hotline.commands.benchmark.crowd"],
            input=json.dumps({**asdict(load), "seconds": self.seconds}),
            env={**os.environ, "PYTHONPATH": str(CLONE)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Trouble("压测客户端出错", done.stderr.strip().rpartition("\n")[2][:200])
        return dict(json.loads(done.stdout))

    def _recovered(self, port: int) -> float:
        """Till as many as before are served again without a refusal."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                loaded(self._load(port, QUIET, QUIET * 4))
            except Trouble:
                continue
            return round(time.monotonic() - began, 1)
        raise Trouble("没有恢复", "it did not recover")

    def _load(self, port: int, clients: int, requests: int) -> Load:
        doors = self.doors
        return Load(
            port, PATHS[DOOR], clients, requests, clients, doors.county, doors.secrets[DOOR], DOOR
        )


async def _at_the_desk(port: int, seconds: float) -> list[float]:
    """One person who opens the desk again and again: how long each page took."""
    took: list[float] = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        seat = Seat(client)
        await seat.get("/sign-in")
        await seat.post("/sign-in", login=LOGIN[0], password=LOGIN[1])
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            began = time.perf_counter()
            await seat.get(PAGE)
            took.append(time.perf_counter() - began)
    return took


def _p95(took: list[float]) -> float:
    return round(sorted(took)[len(took) * 95 // 100] * 1000, 1)


def _megabytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0
