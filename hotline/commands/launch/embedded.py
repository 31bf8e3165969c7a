"""Start the embedded servers and wait until they answer, under a supervisor that keeps them up."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import asyncpg

from hotline.commands.launch import children, servers
from hotline.commands.launch.home import Home
from hotline.commands.launch.roles import ensure_roles
from hotline.commands.launch.servers import Postgres, Valkey
from hotline.commands.launch.supervisor import Line, Supervisor
from hotline.commands.launch.words import Trouble

PATIENCE = 60.0  # seconds a server may take to answer; recovery after a crash included
ANSWERS = 2  # lines Valkey gives to AUTH and PING
TRIES = 3  # somebody may take the free port between our look and the server's,
PAUSE = 0.5  # or what is left of a killed server may still be going


def start_postgres(supervisor: Supervisor, home: Home, *, durable: bool = True) -> Postgres:
    """A PostgreSQL that answers, with roles and an empty database at least."""
    words = servers.passwords(home)
    for _ in range(TRIES):
        server = Postgres(home, servers.free_port(), words, durable)
        server.make()
        line = Line("postgres", server.command(), rank=2, stops=(servers.STOP_POSTGRES,))
        line.before = partial(children.end_those_in, home.postgres.resolve())
        if _up(supervisor, line, partial(_answers, server)):
            asyncio.run(ensure_roles(server))
            return server
        time.sleep(PAUSE)
    raise _did_not_start("PostgreSQL", home.log / "postgres.log")


def start_valkey(supervisor: Supervisor, home: Home, *, durable: bool = True) -> Valkey:
    """A Valkey that answers, its append-only file read."""
    words = servers.passwords(home)
    for _ in range(TRIES):
        server = Valkey(home, servers.free_port(), words, durable)
        server.make()
        line = Line("valkey", server.command(), rank=1, stops=(servers.STOP_VALKEY,))
        if _up(supervisor, line, partial(_pongs, server)):
            return server
        time.sleep(PAUSE)
    raise _did_not_start("Valkey", home.log / "valkey.log")


def _up(supervisor: Supervisor, line: Line, answers: Callable[[], bool]) -> bool:
    """Whether it answered before it ended; one that ended is not kept."""
    supervisor.add(line)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answers():
            return True
        if line.process is None or line.process.poll() is not None:
            break
        time.sleep(0.05)
    supervisor.drop(line)
    return False


def _answers(server: Postgres) -> bool:
    with contextlib.suppress(OSError, asyncpg.PostgresError, TimeoutError):
        asyncio.run(_greet(server.owner_url("postgres")))
        return True
    return False


async def _greet(url: str) -> None:
    connection = await asyncpg.connect(url, timeout=5)
    await connection.close()


def _pongs(server: Valkey) -> bool:
    """By hand: the client library alone would take longer to load than the server to start."""
    ask = f"AUTH {server.passwords.valkey}\r\nPING\r\n".encode()
    answer = b""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", server.port), timeout=1) as connection,
    ):
        connection.sendall(ask)
        while answer.count(b"\r\n") < ANSWERS and (more := connection.recv(256)):
            answer += more
    return answer.endswith(b"+PONG\r\n")


def _did_not_start(what: str, log: Path) -> Trouble:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or [""]
    return Trouble(f"{what} 无法启动，见 {log}", f"did not start: {lines[-1][:200]}")
