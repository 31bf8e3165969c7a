"""The database and the queue a command works with: given, those of a running `up`, or its own.

`with running_services():` for commands on this installation, `with scratch_services():` for those
that need a world of their own (test, bench, demo, drills). Both put the addresses into the
environment of this process before anything reads its settings, and take them out afterwards.
They run their own event loop for a moment: enter them outside of `asyncio.run`.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from hotline.commands.launch.embedded import start_postgres, start_valkey
from hotline.commands.launch.home import Home, chosen_home, held, plain_refusals, temporary_home
from hotline.commands.launch.supervisor import Supervisor
from hotline.commands.launch.words import Trouble
from hotline.settings import WAYS_OUT, keys, settings

# What an installation has of its own, and a scratch one must not touch or follow.
NOT_HERE: Final = (
    *("HOTLINE_KEYS", "HOTLINE_FILES", "DATABASE_URL", "REDIS_URL"),
    *("CLAMD_URL", "SECOND_FACTOR", "SITE_JURISDICTION", *WAYS_OUT),
)


@dataclass(frozen=True, slots=True)
class Services:
    """Where the database and the queue answer, and where this installation keeps its things."""

    database_url: str
    owner_url: str
    redis_url: str
    home: str

    def environment(self) -> dict[str, str]:
        """For our own process and for tests: with the owner's address, which migrations need."""
        return {"DATABASE_OWNER_URL": self.owner_url, **self.for_children()}

    def for_children(self) -> dict[str, str]:
        """For web, workers and clock, which need not know the owner."""
        home = Home(Path(self.home))
        return {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "HOTLINE_HOME": self.home,
            "HOTLINE_KEYS": os.environ.get("HOTLINE_KEYS") or str(home.keys),
            "HOTLINE_FILES": os.environ.get("HOTLINE_FILES") or str(home.files),
        }


@contextlib.contextmanager
def running_services(*, prepared: bool = True, fresh: bool = False) -> Iterator[Services]:
    """Of this installation: given by address, else of the running `up`, else started for now.

    Embedded servers that were started for now are migrated and given the packs first. A `fresh`
    installation may be made by whoever says so.
    """
    home = chosen_home()
    if prepared and not fresh:
        _refuse_where_nothing_is(home)
    home.make()
    with sole_user(home) as alone, contextlib.ExitStack() as stack:
        if alone:
            home.run_file.unlink(missing_ok=True)
            supervisor = Supervisor()
            stack.callback(supervisor.stop)
            services = start_services(supervisor, home)
        else:
            services = _read_run_file(home)
        embedded = not os.environ.get("DATABASE_URL")
        stack.enter_context(in_environment(services.environment()))
        if alone and embedded and prepared:
            from hotline.commands.launch.preparing import bring_up_to_date  # noqa: PLC0415 - heavy

            asyncio.run(bring_up_to_date(services.owner_url))
        yield services


def _refuse_where_nothing_is(home: Home) -> None:
    """Whoever forgot HOTLINE_HOME, or is another account, would back up an empty house."""
    keys_file = Path(os.environ.get("HOTLINE_KEYS") or home.keys)
    if not (keys_file if os.environ.get("DATABASE_URL") else home.postgres).exists():
        raise Trouble(
            f"这里没有安装过：{home.root}，请检查 HOTLINE_HOME 和 HOTLINE_KEYS",
            "nothing was installed here; `up` or `migrate` does",
        )


@contextlib.contextmanager
def scratch_services(*, durable: bool = True) -> Iterator[Services]:
    """Fresh servers in a temporary home, migrated, with keys of their own; removed afterwards.

    The packs are left to whoever enters: `await import_packs(now)` once connected.
    """
    from hotline.records.migrating import migrate  # noqa: PLC0415 - half the service

    with temporary_home() as home, contextlib.ExitStack() as stack:
        supervisor = Supervisor()
        stack.callback(supervisor.stop)
        stack.enter_context(in_environment(dict.fromkeys(NOT_HERE, "")))
        services = start_services(supervisor, home, durable=durable)
        stack.enter_context(in_environment(services.environment()))
        asyncio.run(migrate(services.owner_url))
        keys()  # made now, as `up` does: no process of a service makes any
        yield services


def start_services(supervisor: Supervisor, home: Home, *, durable: bool = True) -> Services:
    """What DATABASE_URL and REDIS_URL name; an embedded server for each that is not named."""
    database_url = os.environ.get("DATABASE_URL", "")
    owner_url = os.environ.get("DATABASE_OWNER_URL") or database_url
    redis_url = os.environ.get("REDIS_URL", "")
    if not database_url:
        postgres = start_postgres(supervisor, home, durable=durable)
        database_url, owner_url = postgres.login_url(), postgres.owner_url()
    if not redis_url:
        redis_url = start_valkey(supervisor, home, durable=durable).url()
    return Services(database_url, owner_url, redis_url, str(home.root))


@contextlib.contextmanager
def in_environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables for the duration; the settings and keys of this process are read anew."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    _read_anew()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        _read_anew()


def sole_user(home: Home) -> contextlib.AbstractContextManager[bool]:
    """The lock against two `up` (or an `up` and a command with servers of its own) in one home."""
    return held(home.root / "up.lock", wait=False)


def write_run_file(services: Services, home: Home, web: str) -> None:
    """Where a running `up` answers, for commands beside it; holds passwords, so 0600."""
    content = {"pid": os.getpid(), "web": web, "services": asdict(services)}
    draft = home.run_file.with_suffix(".new")
    with plain_refusals(home.run_file):
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(content), encoding="utf-8")
        draft.rename(home.run_file)


def _read_run_file(home: Home) -> Services:
    try:
        content = json.loads(home.run_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Trouble("服务正在启动、停止或被另一命令使用，请稍后再试", "busy, try later") from None
    return Services(**content["services"])


def _read_anew() -> None:
    settings.cache_clear()
    keys.cache_clear()
