"""Before the first process starts: the schema, the policy packs, the first administrator's link."""

from datetime import UTC, datetime

from hotline import database
from hotline.commands.launch.words import Trouble, say
from hotline.errors import StepRefused
from hotline.steps.import_policy import import_packs


async def prepare(owner_url: str) -> str | None:
    """Bring an installation up to date; returns the path of the one-time link, if one is due."""
    for name in await database.migrate(owner_url):
        say(f"数据库升级 / migration: {name}")
    await database.connect()
    try:
        await _import_packs()
    except StepRefused as refusal:
        which = " ".join(str(value) for value in refusal.values.values())
        raise Trouble(
            f"政策包已改而版本号未改，未入库：{which}", "a pack was changed: give it a new version"
        ) from refusal
    finally:
        await database.disconnect()
    return None


async def _import_packs() -> None:
    if added := await import_packs(datetime.now(UTC)):
        say(f"政策包入库 / policy packs imported: {len(added)}")
