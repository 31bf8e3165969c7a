"""`up`: one command starts everything, keeps it up, and leaves nothing behind."""

import signal
import socket
from collections.abc import Iterator
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM

import asyncpg
import pytest

from hotline.commands.launch.home import Home, temporary_home
from tests.support.running_up import (
    RunningUp,
    hotline,
    parents,
    running_up,
    wait_until,
)


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    with temporary_home() as own:
        yield own


@pytest.fixture(scope="module")
def second_home() -> Iterator[Home]:
    """For those that stop it: made once, since the first start takes the longest."""
    with temporary_home() as own:
        yield own


@pytest.fixture(scope="module")
def ended() -> list[signal.Signals]:
    """What has ended the service in the second home so far."""
    return []


@pytest.fixture(scope="module")
def up(home: Home) -> Iterator[RunningUp]:
    with running_up(home) as running:
        yield running


def test_it_answers_and_reaches_its_database(up: RunningUp) -> None:
    assert up.get("/health") == 200


def test_it_says_where_the_service_and_its_data_are(up: RunningUp) -> None:
    assert up.address in up.said()
    assert str(up.home.root) in up.said()


def test_a_second_up_in_the_same_home_says_so_in_one_line(up: RunningUp) -> None:
    second = hotline(up.home, "up")

    assert second.returncode == 1
    assert "already running" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_taken_port_gets_one_line(up: RunningUp) -> None:
    with temporary_home() as other:
        second = hotline(other, "up", "--port", str(up.port))

    assert second.returncode == 1
    assert "端口已被占用" in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_command_beside_it_uses_its_servers(up: RunningUp) -> None:
    beside = hotline(up.home, "migrate")

    assert beside.returncode == 0, beside.stderr
    assert "changed now: 0" in beside.stdout


def test_demo_logins_are_refused_on_an_address_others_can_reach() -> None:
    with temporary_home() as other:
        refused = hotline(other, "up", "--demo", "--host", "0.0.0.0", "--port", "0")

    assert refused.returncode == 1
    assert "--demo" in refused.stderr


@pytest.mark.parametrize("name", ["worker-intake", "worker-delivery", "clock", "valkey", "web"])
def test_a_killed_process_comes_back(up: RunningUp, name: str) -> None:
    up.kill(name)

    wait_until(lambda: up.get("/health") == 200)
    assert up.get("/health") == 200


async def test_postgres_killed_with_an_open_service_comes_back_on_its_port(up: RunningUp) -> None:
    up.kill("postgres")

    wait_until(lambda: up.get("/health") == 200)
    connection = await asyncpg.connect(up.services()["database_url"])
    assert await connection.fetchval("SELECT count(*) FROM policy_version") > 0
    await connection.close()


def test_no_secret_of_the_servers_is_on_a_command_line(up: RunningUp) -> None:
    secret = up.services()["redis_url"].split("@")[0].rpartition(":")[2]

    assert len(secret) > 20
    assert not [pid for pid in up.descendants() if secret in _words(pid)]


@pytest.mark.parametrize("number", [SIGINT, SIGKILL, SIGHUP, SIGTERM])
async def test_however_it_ends_no_process_is_left_and_the_next_keeps_the_data(
    number: signal.Signals, second_home: Home, ended: list[signal.Signals]
) -> None:
    with running_up(second_home) as running:
        await _as_owner(running, "CREATE TABLE IF NOT EXISTS kept (number int)")
        assert await _as_owner(running, "SELECT count(*) FROM kept") == len(ended)
        await _as_owner(running, f"INSERT INTO kept VALUES ({number})")
        family = running.descendants()
        code = running.interrupt(number)
        wait_until(lambda: not family & set(parents()), seconds=10)

        assert code == 0 or number is not SIGINT
        assert not family & set(parents())
        assert _free(running.port)
    ended.append(number)


async def _as_owner(up: RunningUp, statement: str) -> object:
    connection = await asyncpg.connect(up.services()["owner_url"])
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


def _words(pid: int) -> str:
    with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
        return file.read()


def _free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
    return True
