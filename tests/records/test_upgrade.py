"""升级: a database of the first schema with matters in it becomes today's. Made up（虚构）."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api import migrate as tortoise_migrate

from hotline import database
from hotline.commands.launch.home import Home
from hotline.commands.launch.services import Services
from hotline.database import rows, tortoise_config
from hotline.lookups.history_check import check_history
from hotline.lookups.order import order
from hotline.policy.store import forget
from hotline.records import ServiceRequest
from hotline.records.migrating import migrate
from hotline.rules.normalise import grams
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from tests.steps.builders import NOW, caller, registered
from tests.steps.desk import TENANT, order_of, staff
from tests.support.running_up import hotline

FIRST_SCHEMA = "hotline.0002_constraints"
SMOKE = "都匀市小围寨街道某砖厂（虚构）夜间冒黑烟，窗台上全是灰，已经半个月了。"
DUNG = "都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河，水面发黑发臭。"
LOUD = "都匀市小围寨街道某砖厂（虚构）夜里冒黑烟，灰落得窗台上到处都是，请查处。"


async def seen(text: str, **given: Any) -> ServiceRequest:
    receipt = await registered(text, **given)
    await decide(TENANT, receipt.request_id, NOW)
    return await ServiceRequest.get(tenant_id=TENANT, id=receipt.request_id)


@dataclass(frozen=True)
class Kept:
    """A database of the first schema, and the number of its order of two reports."""

    services: Services
    number: str


@pytest.fixture
async def kept(db: Services) -> AsyncIterator[Kept]:
    """Two orders, one of two reports, as the first schema kept them."""
    twice = {"text": SMOKE, "contact": caller("13900000031")}
    first, again = await seen(**twice), await seen(**twice)
    number = (await order_of(first)).number
    assert (await order_of(again)).number == number
    await seen(DUNG)
    await database.disconnect()
    try:
        async with a_database(db) as old:
            config = tortoise_config(old.owner_url, pool=1, role=None)
            await tortoise_migrate(config=config, target=FIRST_SCHEMA)
            await Tortoise.close_connections()
            owner = await asyncpg.connect(db.owner_url)
            await copied(owner, old.owner_url)
            await owner.close()
            yield Kept(old, number)
    finally:
        await database.connect()
        forget()


@pytest.fixture
async def upgraded(kept: Kept) -> AsyncIterator[str]:
    """The application is connected to what came of it; its number of the order of two reports."""
    assert "0017_openings" in await migrate(kept.services.owner_url)
    await database.connect(kept.services.database_url)
    forget()
    yield kept.number
    await database.disconnect()


@asynccontextmanager
async def a_database(beside: Services) -> AsyncIterator[Services]:
    """An empty one on the same server."""
    name = f"upgrade_{uuid4().hex[:12]}"
    urls = [f"{url.rpartition('/')[0]}/{name}" for url in (beside.database_url, beside.owner_url)]
    owner = await asyncpg.connect(beside.owner_url)
    await owner.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield replace(beside, database_url=urls[0], owner_url=urls[1])
    finally:
        await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await owner.close()


async def copied(source: asyncpg.Connection, to_url: str) -> None:
    """Every row into the columns there were; a table after those it refers to."""
    to = await asyncpg.connect(to_url)
    names = await to.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    left = [name for (name,) in names if name != "tortoise_migrations"]
    while left:
        for table in list(left):
            try:
                await one_table(source, to, table)
                left.remove(table)
            except asyncpg.ForeignKeyViolationError:
                continue
    await to.close()


async def one_table(source: asyncpg.Connection, to: asyncpg.Connection, table: str) -> None:
    there, here = await columns(to, table), await columns(source, table)
    common = [name for name in there if name in here]
    found = await source.fetch(f"SELECT {', '.join(common)} FROM {table}")
    given = [tuple(one) for one in found]
    if table == "service_request":  # grams stood with the report then
        common = [*common, "grams"]
        given = [(*one, list(grams(f"{one['title']}\n{one['text']}"))) for one in found]
    await to.copy_records_to_table(table, records=given, columns=common)


async def columns(of: asyncpg.Connection, table: str) -> list[str]:
    found = await of.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_name = $1", table
    )
    return [name for (name,) in found]


async def test_what_the_first_schema_kept_is_shown_and_decided_by_today(upgraded: str) -> None:
    kept = await rows("SELECT grams, words, opening FROM signature")
    assert len(kept) == 3
    assert all(one["grams"] and one["words"] and one["opening"] for one in kept)

    shown = await order(staff(Role.SUPERVISOR), upgraded, NOW + timedelta(hours=1))
    assert (shown.report_count, len(shown.reports)) == (2, 2)
    assert shown.why is not None
    assert (await check_history()).is_whole

    like = await seen(LOUD)
    assert [one["number"] for one in like.suggestions][:1] == [upgraded]


async def test_a_backup_of_the_first_schema_is_restored_into_today(
    kept: Kept, tmp_path: Path
) -> None:
    backup, keys = tmp_path / "backup", tmp_path / "apart" / "keys.json"
    async with a_database(kept.services) as empty:
        new = replace(empty, home=str(tmp_path / "second"))
        for services, *words in (
            (kept.services, "backup", str(backup), "--keys", str(keys)),
            (new, "restore", str(backup), "--keys", str(keys)),
        ):
            given = services.environment() | {"HOTLINE_KEYS": "", "HOTLINE_FILES": ""}
            home = Home(Path(services.home))
            done = await asyncio.to_thread(hotline, home, *words, **given)
            assert done.returncode == 0, done.stdout + done.stderr

        assert "0017_openings" in done.stdout
        assert await migrate(new.owner_url) == []
        await database.connect(new.database_url)
        assert [one["n"] for one in await rows("SELECT count(*) AS n FROM signature")] == [3]
        await database.disconnect()
