"""The service as it runs: the Procfile's processes on the test's own database and Valkey."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

import asyncpg
import redis

from hotline import database
from hotline.commands.launch import children, procfile
from hotline.commands.launch.home import Home
from hotline.commands.launch.servers import free_port
from hotline.commands.launch.services import Services
from hotline.commands.launch.supervisor import Line
from hotline.steps.enrol import Person, enrol
from hotline.steps.import_policy import import_packs
from hotline.steps.invite import OPERATOR, Post
from tests.browser.people import PASSWORD, PEOPLE
from tests.support.running_up import wait_until

ORDER_OF = """
SELECT work_order.number FROM work_order
JOIN membership ON membership.order_id = work_order.id AND membership.to_at IS NULL
JOIN service_request ON service_request.id = membership.request_id
WHERE service_request.number = $1
"""
STANDS = "SELECT concat_ws(' ', stage, triage_cause) FROM service_request WHERE number = $1"


@dataclass(frozen=True)
class Running:
    """Where it answers, and what lies behind it."""

    address: str
    services: Services
    lines: list[Line]

    def value(self, query: str, *arguments: Any) -> Any:
        """One value straight from the database: the browser's thread has a loop of its own."""
        with ThreadPoolExecutor(1) as pool:
            asked = self._value(query, *arguments)
            return pool.submit(asyncio.run, asked).result()

    async def _value(self, query: str, *arguments: Any) -> Any:
        owner = await asyncpg.connect(self.services.owner_url)
        try:
            return await owner.fetchval(query, *arguments)
        finally:
            await owner.close()

    def order_of(self, number: str) -> str:
        """The order a report was put into, once the worker has."""
        wait_until(lambda: self.value(ORDER_OF, number))
        found = self.value(ORDER_OF, number)
        assert found, f"{number} is {self.value(STANDS, number)}"
        return str(found)

    def ended(self) -> list[str]:
        """Processes that should be up and are not."""
        return [line.name for line in self.lines if _has_ended(line)]


@contextlib.contextmanager
def running(services: Services) -> Iterator[Running]:
    """Web, workers and clock, with the packs imported and the staff enrolled."""
    with redis.Redis.from_url(services.redis_url) as queues:
        queues.flushdb()
    asyncio.run(_prepare())
    port, home = free_port(), Home(Path(services.home)).make()
    address = f"http://127.0.0.1:{port}"
    own = {"HOST": "127.0.0.1", "PORT": str(port), "PUBLIC_URL": address}
    lines = procfile.lines(home, {**services.for_children(), **own})
    with contextlib.ExitStack() as stack:
        for line in lines:
            line.start()
            line.let_go()  # the database is ready
            assert line.process
            stack.callback(children.stop, line.process, *line.stops)
        wait_until(lambda: _healthy(address))
        assert _healthy(address), (home.log / "web.log").read_text(encoding="utf-8")
        yield Running(address, services, lines)


def _has_ended(line: Line) -> bool:
    return line.process is None or line.process.poll() is not None


async def _prepare() -> None:
    now = datetime.now(UTC)
    await database.connect(pool=2)
    try:
        await import_packs(now)
        for member in PEOPLE:
            post = Post(member.jurisdiction, frozenset(member.roles), member.department)
            await enrol(Person(member.login, member.name, PASSWORD), post, OPERATOR, now)
    finally:
        await database.disconnect()


def _healthy(address: str) -> bool:
    asking = build_opener(ProxyHandler({}))
    with contextlib.suppress(OSError), asking.open(f"{address}/health", timeout=5) as answer:
        return bool(json.load(answer)["status"] == "ok")
    return False
