"""pg_dump and pg_restore: those of the embedded server, else those of this machine."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from hotline.commands.launch.servers import server_program
from hotline.commands.launch.words import Trouble

# One transaction: a restore that fails half-way leaves an empty database, to be tried again.
WHOLE: Final = ("--single-transaction", "--exit-on-error")
SCHEMA: Final = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def dump(owner_url: str, to: Path) -> None:
    """Everything as one moment saw it; owners are left out, rights are not."""
    _run("pg_dump", owner_url, "--format=custom", "--no-owner", f"--file={to}")


def fill(owner_url: str, dumped: Path) -> None:
    """Into an empty database."""
    _run("pg_restore", owner_url, "--no-owner", *WHOLE, str(dumped))


async def is_empty(owner_url: str) -> bool:
    """Whether nobody has migrated it yet."""
    connection = await asyncpg.connect(owner_url)
    try:
        return not await connection.fetchval(SCHEMA)
    finally:
        await connection.close()


def _run(program: str, url: str, *words: str) -> None:
    """The password goes by the environment: everybody can read a command line."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    bare = urlunsplit(parts._replace(netloc=f"{parts.username}@{host}" if parts.username else host))
    environment = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
    argv = [_found(program), f"--dbname={bare}", *words]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise Trouble(f"{program} 失败", last[:200])


def _found(program: str) -> str:
    if (ours := server_program(program)) and ours.exists():
        return str(ours)
    if there := shutil.which(program):
        return there
    raise Trouble(f"未找到 {program}，请安装 postgresql-client", f"no {program} on this machine")
