"""Before the first process starts: the schema, the policy packs, the first administrator's link."""

from hotline import database
from hotline.commands.launch.words import say


async def prepare(owner_url: str) -> str | None:
    """Bring an installation up to date; returns the path of the one-time link, if one is due."""
    for name in await database.migrate(owner_url):
        say(f"数据库升级 / migration: {name}")
    return None
