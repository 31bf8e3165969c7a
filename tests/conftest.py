"""What every test may ask for: services of its own, a clean database, the packs in force."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import redis

from hotline import database
from hotline.commands.launch.servers import DATABASE
from hotline.commands.launch.services import Services, in_environment, scratch_services
from hotline.policy import store
from hotline.records.migrating import migrate
from hotline.settings import keys
from hotline.steps.import_policy import import_packs
from tests.support.begun import just_begun, under_way
from tests.support.examples import the_same_for_all
from tests.support.serving import serving

TESTS = Path(__file__).parent
NOBODYS = {"HOTLINE_KEYS": "", "HOTLINE_FILES": ""}  # so that they lie in the home
ALWAYS_THERE = "postgres"  # the database every PostgreSQL server is made with
# begun first, so that nobody waits for the last of them; the offices while there is no matter yet
SLOW = (
    *("commands", "journeys", "twin"),
    *(f"browser/test_{name}.py" for name in ("offices", "staff_pages", "citizen_pages", "walks")),
)

# A few rows are deleted a dozen times sooner than a table is truncated; without the triggers that
# keep history from being deleted. Of the packs those stay that were there when it connected.
EMPTY = """
CREATE TEMP TABLE delivered AS SELECT id FROM public.policy_version;
CREATE FUNCTION pg_temp.sweep() RETURNS bigint LANGUAGE plpgsql
SET session_replication_role = replica AS $$ DECLARE name text; others bigint; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    AND tablename NOT IN ('policy_version', 'tortoise_migrations')
  LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
  DELETE FROM policy_version WHERE id NOT IN (SELECT id FROM delivered);
  GET DIAGNOSTICS others = ROW_COUNT; RETURN others;
END $$
"""
SWEEP = "SELECT pg_temp.sweep()"


@pytest.fixture(autouse=True)
def begun() -> None:
    """The process knows as much as one that has just begun, whatever ran in it before."""
    just_begun()


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """Of the test command, or, under a bare pytest, started for this session."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "HOTLINE_HOME")
    given = [os.environ.get(name, "") for name in names]
    if all(given):
        mine = _apart(Services(*given))
        with in_environment(NOBODYS), in_environment(mine.environment()):
            yield mine
        return
    template = {"HOTLINE_TEST_TEMPLATE": DATABASE}
    with scratch_services(durable=False) as own, in_environment(template):
        yield own


@pytest.fixture(scope="session")
def own_database(services: Services) -> Iterator[Services]:
    """A migrated database of this session alone; the environment and the settings point to it."""
    name = f"test_{uuid4().hex[:12]}"
    template = os.environ.get("HOTLINE_TEST_TEMPLATE") or "template1"
    # from elsewhere: what is copied must have no session but the copying one, and two may copy
    elsewhere = f"{services.owner_url.rpartition('/')[0]}/{ALWAYS_THERE}"
    asyncio.run(_as_owner(elsewhere, f"CREATE DATABASE {name} TEMPLATE {template}"))
    addresses = [
        f"{url.rpartition('/')[0]}/{name}" for url in (services.database_url, services.owner_url)
    ]
    mine = Services(*addresses, services.redis_url, services.home)
    asyncio.run(migrate(mine.owner_url))
    with in_environment(mine.environment()):
        keys()  # as `up` makes them
        yield mine
    asyncio.run(_as_owner(elsewhere, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
async def connected(own_database: Services) -> AsyncIterator[Services]:
    """The application's connection, under the role that cannot edit history, and the packs."""
    await database.connect()
    await import_packs(datetime.now(UTC))
    yield own_database
    await database.disconnect()


@pytest.fixture(scope="session")
async def sweeper(connected: Services) -> AsyncIterator["Sweeper"]:
    """Whoever empties the tables between tests."""
    sweeper = Sweeper(connected.owner_url)
    yield sweeper
    await sweeper.leave()


@pytest.fixture
async def db(connected: Services, sweeper: "Sweeper") -> Services:
    """A clean migrated database with the packs imported; the application is connected to it."""
    others, *_ = await asyncio.gather(sweeper.sweep(), *under_way(), return_exceptions=True)
    if others:  # packs that a test left behind, or it could not be swept
        store.forget()
    if isinstance(others, BaseException):
        raise others
    return connected


@pytest.fixture(scope="session")
def address(connected: Services) -> Iterator[str]:
    """Where a real web process answers; nothing on the way to it is asked for a proxy."""
    with pytest.MonkeyPatch.context() as environment, serving(connected) as found:
        environment.setenv("NO_PROXY", "127.0.0.1")
        yield found


@pytest.fixture(scope="session")
def other_address(address: str, connected: Services) -> Iterator[str]:
    """Where a second one does, on the same database."""
    del address
    with serving(connected) as found:
        yield found


@pytest.fixture
def queues(services: Services) -> Iterator["redis.Redis"]:
    """An empty Valkey."""
    with redis.Redis.from_url(services.redis_url) as client:
        client.flushdb()
        yield client


class Sweeper:
    """Keeps its connection: a new one would read the whole catalogue anew for every test."""

    def __init__(self, owner_url: str) -> None:
        self._url = owner_url
        self._owner: asyncpg.Connection | None = None

    async def sweep(self) -> int:
        """Empty every table, but for the packs and the list of migrations; how many packs' files
        a test had added. The anchors exported to the home vouch for what was there, so they go too.
        """
        shutil.rmtree(Path(os.environ["HOTLINE_HOME"]) / "anchors", ignore_errors=True)
        try:
            return int(await (await self._connection()).fetchval(SWEEP))
        except (asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, OSError):
            self._owner = None  # a test cut every connection there was
            return int(await (await self._connection()).fetchval(SWEEP))

    async def leave(self) -> None:
        if self._owner:
            await self._owner.close()

    async def _connection(self) -> asyncpg.Connection:
        if self._owner is None or self._owner.is_closed():
            self._owner = await asyncpg.connect(self._url)
            await self._owner.execute(EMPTY)
        return self._owner


async def empty_tables(owner_url: str) -> None:
    """The same, once."""
    sweeper = Sweeper(owner_url)
    await sweeper.sweep()
    await sweeper.leave()


def _apart(shared: Services) -> Services:
    """Of several test processes at once each has a queue and a home of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    server, _, queue = shared.redis_url.rpartition("/")
    home = Path(shared.home) / worker
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    own = f"{server}/{int(queue or 0) + int(worker.removeprefix('gw'))}"
    return replace(shared, redis_url=own, home=str(home))


def _turn(item: pytest.Item) -> int:
    """Where it stands among the slow ones; the rest comes after them as it lies in its folder."""
    slow = (n for n, name in enumerate(SLOW) if item.path.is_relative_to(TESTS / name))
    return next(slow, len(SLOW))


async def _as_owner(owner_url: str, statement: str) -> None:
    owner = await asyncpg.connect(owner_url)
    try:
        await owner.execute(statement)
    finally:
        await owner.close()


def pytest_configure() -> None:
    """Before any test is read."""
    the_same_for_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first; where there is no browser each of its tests says so and why."""
    items.sort(key=_turn)
    if reason := os.environ.get("HOTLINE_NO_BROWSER"):
        for item in items:
            if item.path.is_relative_to(TESTS / "browser"):
                item.add_marker(pytest.mark.skip(reason=reason))
