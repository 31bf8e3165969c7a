"""恢复 a backup into an empty installation, with the keys it was made under; then verify it."""

import argparse
import asyncio
from pathlib import Path

from hotline import database
from hotline.commands.keeping import dumping, folder
from hotline.commands.launch.at_hand import plainly_unreadable
from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.preparing import bring_up_to_date
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.lookups.history_check import Verdict, check_history
from hotline.settings import keys, read_keys, settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Both halves of a backup."""
    parser.add_argument("folder", type=Path, help="备份目录 what `backup` made")
    parser.add_argument("--keys", type=Path, required=True, help="密钥文件 the keys it belongs to")


def run(args: argparse.Namespace) -> int:
    """Nothing is touched before all is checked; exit code 1 when the history does not hold."""
    about = folder.checked(args.folder)
    with plainly_unreadable(args.keys):
        given, held = args.keys.read_bytes(), read_keys(args.keys)
    if folder.mark_of(held) != about["keys"]:
        raise Trouble("密钥与备份不符", "these are not the keys of this backup")
    with running_services(prepared=False):
        owner_url = settings().owner_url
        _refuse_what_is_in_use(asyncio.run(dumping.is_empty(owner_url)), given)
        dumping.fill(owner_url, args.folder / folder.DUMP)
        _put_back(args.folder, given)
        asyncio.run(bring_up_to_date(owner_url))
        verdict = asyncio.run(_checked())
    say(f"已恢复 / restored: {verdict.chains} 条履历 chains, {verdict.events} 个环节 events")
    if not verdict.is_whole:
        say(f"履历不完整 / history is broken: {verdict.breaks[0].what}")
    return 0 if verdict.is_whole else 1


def _refuse_what_is_in_use(is_empty: bool, given: bytes) -> None:
    """A restore never writes over anything."""
    if not is_empty:
        raise Trouble("数据库不是空的，请恢复到新的安装", "the database is not empty")
    path = settings().keys_file
    if path.exists() and path.read_bytes() != given:
        raise Trouble(f"此处已有其他密钥：{path}", "other keys lie here")
    for place in (settings().files, settings().home / folder.ANCHORS):
        if not settings().files_url and place.exists() and any(place.iterdir()):
            raise Trouble(f"目录不是空的：{place}", "that folder is not empty")


def _put_back(made: Path, given: bytes) -> None:
    path = settings().keys_file
    with plain_refusals(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(given)
        keys.cache_clear()
        for name, place in (
            (folder.FILES, settings().files),
            (folder.ANCHORS, settings().home / folder.ANCHORS),
        ):
            if place.exists():
                place.rmdir()
            folder.copied(made / name, place)
            place.mkdir(mode=0o700, exist_ok=True)


async def _checked() -> Verdict:
    async with database.connected(pool=1):
        return await check_history()
