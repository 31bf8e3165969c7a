"""升级: a database of the first schema with matters in it becomes today's. Made up（虚构）."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api import migrate as tortoise_migrate

from hotline import database
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

FIRST_SCHEMA = "hotline.0002_constraints"
SMOKE = "都匀市小围寨街道某砖厂（虚构）夜间冒黑烟，窗台上全是灰，已经半个月了。"
DUNG = "都匀市绿茵湖街道某养殖场（虚构）把粪污排进小河，水面发黑发臭。"
LOUD = "都匀市小围寨街道某砖厂（虚构）夜里冒黑烟，灰落得窗台上到处都是，请查处。"


async def seen(text: str, **given: Any) -> ServiceRequest:
    receipt = await registered(text, **given)
    await decide(TENANT, receipt.request_id, NOW)
    return await ServiceRequest.get(tenant_id=TENANT, id=receipt.request_id)


@pytest.fixture
async def upgraded(db: Services) -> AsyncIterator[str]:
    """Two orders, one of two reports, as the first schema kept them; then upgraded.

    The application is connected to what came of it; its number of the order of two reports.
    """
    twice = {"text": SMOKE, "contact": caller("13900000031")}
    first, again = await seen(**twice), await seen(**twice)
    number = (await order_of(first)).number
    assert (await order_of(again)).number == number
    await seen(DUNG)
    name = f"upgrade_{uuid4().hex[:12]}"
    urls = [f"{url.rpartition('/')[0]}/{name}" for url in (db.database_url, db.owner_url)]
    owner = await asyncpg.connect(db.owner_url)
    await owner.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await database.disconnect()
    try:
        await tortoise_migrate(
            config=tortoise_config(urls[1], pool=1, role=None), target=FIRST_SCHEMA
        )
        await Tortoise.close_connections()
        await copied(owner, urls[1])
        assert "0017_openings" in await migrate(urls[1])
        await database.connect(urls[0])
        forget()
        yield number
        await database.disconnect()
    finally:
        await owner.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await owner.close()
        await database.connect()
        forget()


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
