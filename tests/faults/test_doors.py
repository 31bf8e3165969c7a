"""Every door while a part of the service is away: it answers, nothing is lost, and it recovers."""

import asyncio
import http.client
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline import database
from hotline.commands.benchmark.doors import PATHS, DoorsBench, Plan
from hotline.commands.benchmark.requests import Told, requests
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services, in_environment
from tests.faults.conftest import Hurt
from tests.support.running_up import wait_until

EACH = 40 if os.environ.get("HOTLINE_TEST_LONG") else 4
TAKEN = {200, 201, 303}
REGISTERING = ("form", "webhook", "api", "open311", "partner")  # the others tell without a report
AT_ONCE = 5.0  # seconds: the machine may be busy with the rest of the service


@pytest.fixture
def senders(hurt: Hurt) -> Iterator[DoorsBench]:
    """One of every kind, just let in."""
    services = Services(**hurt.up.services())
    home = Home(Path(services.home))  # whose keys it uses, whatever this test run has of its own
    own = {"HOTLINE_KEYS": str(home.keys), "HOTLINE_FILES": str(home.files)}
    with in_environment({**services.environment(), **own}):
        senders = DoorsBench(services, Plan(1, 1))
        asyncio.run(_let_in(senders))
        yield senders


def test_with_queue_and_workers_away_every_door_answers_and_nothing_is_lost(
    hurt: Hurt, senders: DoorsBench
) -> None:
    with _stopped(hurt, "valkey", "worker-intake", "worker-delivery", "clock"):
        for raw in [raw for made in _requests(senders).values() for raw in made]:
            assert _sent(hurt, raw)[0] in TAKEN, raw[:40]
        assert hurt.undecided() == EACH * len(REGISTERING)
    hurt.drained()
    assert _reports(hurt) == EACH * len(REGISTERING)


def test_while_postgres_restarts_a_door_says_later_and_then_takes_it(
    hurt: Hurt, senders: DoorsBench
) -> None:
    made, web = _requests(senders), hurt.up.pid("web")
    refused: dict[str, Mapping[str, str]] = {}
    with _stopped_supervisor(hurt):
        os.kill(hurt.up.pid("postgres") or 0, signal.SIGKILL)
        for door, raws in made.items():
            status, headers = _sent(hurt, raws[0])
            assert status == 503, door
            refused[door] = headers
    wait_until(lambda: hurt.up.get("/health") == 200)
    assert [door for door, headers in refused.items() if not headers.get("retry-after")] == []
    for raw in [raw for raws in made.values() for raw in raws]:
        assert _sent(hurt, raw)[0] in TAKEN, raw[:40]
    assert hurt.up.pid("web") == web
    wait_until(lambda: "database back" in hurt.up.log("web"))
    told = [line for line in hurt.up.log("web").splitlines() if "database" in line]
    assert [line.count("database away") for line in told] == [1, 0], told
    assert f"refused meanwhile: {len(made)}" in told[1]
    hurt.drained()
    assert _reports(hurt) == EACH * len(REGISTERING)


async def _let_in(senders: DoorsBench) -> None:
    await database.connect(pool=1)
    try:
        await senders.let_in(datetime.now(UTC))
    finally:
        await database.disconnect()


def _requests(senders: DoorsBench) -> dict[str, list[bytes]]:
    return {
        door: asyncio.run(
            requests(door, path, Told(senders.county, senders.secrets.get(door, "")), EACH)
        )
        for door, path in PATHS.items()
    }


def _reports(hurt: Hurt) -> int:
    return int(hurt.ask("SELECT count(*) AS n FROM service_request")[0]["n"])


def _sent(hurt: Hurt, raw: bytes) -> tuple[int, Mapping[str, str]]:
    """Status and headers of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", hurt.up.port, timeout=AT_ONCE)
    connection.connect()
    connection.sock.sendall(raw)
    answer = http.client.HTTPResponse(connection.sock, method="POST")
    try:
        answer.begin()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        answer.close()
        connection.close()


@contextmanager
def _stopped(hurt: Hurt, *names: str) -> Iterator[None]:
    """These hang, and take no notice of anybody, for the duration."""
    pids = [pid for name in names if (pid := hurt.up.pid(name))]
    assert len(pids) == len(names)
    yield from _halted(pids)


@contextmanager
def _stopped_supervisor(hurt: Hurt) -> Iterator[None]:
    """Nobody starts again what ends meanwhile."""
    yield from _halted([hurt.up.process.pid])


def _halted(pids: list[int]) -> Iterator[None]:
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
