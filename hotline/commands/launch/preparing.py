"""Before the first process starts: the schema, the policy packs, the first administrator's link."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg

from hotline import database
from hotline.commands.launch.at_hand import refuse_other_keys
from hotline.commands.launch.words import Trouble, say
from hotline.errors import PolicyGap, StepRefused
from hotline.policy import store
from hotline.records.migrating import migrate
from hotline.settings import settings
from hotline.steps.import_policy import import_packs
from hotline.steps.invite import first_administrator


async def bring_up_to_date(owner_url: str) -> int:
    """The schema under its lock, then the packs; says what changed and how many things did."""
    async with _reachable():
        await refuse_other_keys(owner_url)
        migrations = await migrate(owner_url)
    for name in migrations:
        say(f"数据库升级 / migration: {name}")
    async with _connected():
        packs = await _import_packs()
        await refuse_unknown_site()
    if packs:
        say(f"政策包入库 / policy packs imported: {len(packs)}")
    return len(migrations) + len(packs)


async def first_link() -> str | None:
    """The path of the one-time link, as long as nobody is administrator."""
    async with _connected():
        return await first_administrator(datetime.now(UTC))


async def refuse_unknown_site() -> None:
    """Every page bears its name: with a code that no pack has no page could be shown."""
    if not (site := settings().site):
        return
    try:
        (await store.packs()).pack(site)
    except PolicyGap as gap:
        raise Trouble(
            f"SITE_JURISDICTION={site} 没有规则包", "SITE_JURISDICTION: no pack has this code"
        ) from gap


async def _import_packs() -> list[str]:
    try:
        return await import_packs(datetime.now(UTC))
    except StepRefused as refusal:
        which = " ".join(str(value) for value in refusal.values.values())
        raise Trouble(
            f"政策包已改而版本号未改，未入库：{which}", "a pack was changed: give it a new version"
        ) from refusal


@asynccontextmanager
async def _connected() -> AsyncIterator[None]:
    async with _reachable():
        await database.connect(pool=1)
        try:
            yield
        finally:
            await database.disconnect()


@asynccontextmanager
async def _reachable() -> AsyncIterator[None]:
    """No server there, or not for us: one line without the address, which holds a password."""
    try:
        yield
    except (
        OSError,
        asyncpg.PostgresConnectionError,
        asyncpg.InvalidAuthorizationSpecificationError,
    ) as refusal:
        kind = type(refusal).__name__
        raise Trouble("无法连接数据库，请检查 DATABASE_URL", f"no database: {kind}") from refusal
