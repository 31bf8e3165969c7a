"""What every test may ask for: services of its own, a clean database, the packs in force."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import redis

from hotline import database
from hotline.commands.launch.servers import DATABASE
from hotline.commands.launch.services import Services, in_environment, scratch_services
from hotline.policy import outlines
from hotline.steps.import_policy import import_packs

BROWSER_TESTS = Path(__file__).parent / "browser"
KEPT = ("policy_version", "tortoise_migrations")


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """Of the test command, or, under a bare pytest, started for this session."""
    names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "HOTLINE_HOME")
    given = [os.environ.get(name, "") for name in names]
    if all(given):
        yield Services(*given)
        return
    template = {"HOTLINE_TEST_TEMPLATE": DATABASE}
    with scratch_services(durable=False) as own, in_environment(template):
        yield own


@pytest.fixture(scope="session")
def own_database(services: Services) -> Iterator[Services]:
    """A migrated database of this session alone; the environment and the settings point to it."""
    name = f"test_{uuid4().hex[:12]}"
    template = os.environ.get("HOTLINE_TEST_TEMPLATE") or "template1"
    asyncio.run(_as_owner(services.owner_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    addresses = [
        f"{url.rpartition('/')[0]}/{name}" for url in (services.database_url, services.owner_url)
    ]
    mine = Services(*addresses, services.redis_url, services.home)
    asyncio.run(database.migrate(mine.owner_url))
    with in_environment(mine.environment()):
        yield mine
    asyncio.run(_as_owner(services.owner_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
async def connected(own_database: Services) -> AsyncIterator[Services]:
    """The application's connection, under the role that cannot edit history, and the packs."""
    await database.connect()
    await import_packs(datetime.now(UTC))
    yield own_database
    await database.disconnect()


@pytest.fixture
async def db(connected: Services) -> Services:
    """A clean migrated database with the packs imported; the application is connected to it."""
    await empty_tables(connected.owner_url)
    outlines.forget()
    return connected


@pytest.fixture
def queues(services: Services) -> Iterator["redis.Redis"]:
    """An empty Valkey."""
    with redis.Redis.from_url(services.redis_url) as client:
        client.flushdb()
        yield client


async def empty_tables(owner_url: str) -> None:
    """Empty every table that has rows, but for the packs and the list of migrations.

    The anchors exported to the home vouch for what was there, so they go with it.
    """
    shutil.rmtree(Path(os.environ["HOTLINE_HOME"]) / "anchors", ignore_errors=True)
    owner = await asyncpg.connect(owner_url)
    try:
        names = await owner.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND NOT tablename = ANY($1::text[])",
            KEPT,
        )
        looks = " UNION ALL ".join(
            f"SELECT '{name}' AS filled WHERE EXISTS (SELECT FROM {name})" for (name,) in names
        )
        if filled := [name for (name,) in await owner.fetch(looks)]:
            await owner.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
    finally:
        await owner.close()


async def _as_owner(owner_url: str, statement: str) -> None:
    owner = await asyncpg.connect(owner_url)
    try:
        await owner.execute(statement)
    finally:
        await owner.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no browser the browser tests say so, each, with the reason."""
    if reason := os.environ.get("HOTLINE_NO_BROWSER"):
        for item in items:
            if item.path.is_relative_to(BROWSER_TESTS):
                item.add_marker(pytest.mark.skip(reason=reason))
