"""主密钥 key-encryption keys: a new one, everything moved under it, how it stands, drop one."""

import argparse
import asyncio
import re

from hotline import database
from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.records.sealing import UnreadableError
from hotline.settings import add_kek, drop_kek, keys, settings
from hotline.steps.rewrap import TABLES, Lying, lying, rewrap, sealing_under

NAME = re.compile(r"[a-z0-9-]{1,16}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """status, rotate, rewrap, drop."""
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("status", help="现状 how many rows lie under which key")
    rotate = what.add_parser("rotate", help="换钥 a new key, in force after a restart")
    rotate.add_argument("--name", help="密钥编号 a-z 0-9 - (default: the next k<n>)")
    what.add_parser("rewrap", help="重封 move everything under the key in force; may be repeated")
    drop = what.add_parser("drop", help="销毁 destroy a key under which nothing lies any more")
    drop.add_argument("name")


def run(args: argparse.Namespace) -> int:
    """0; 1 with one line on what stands in the way."""
    with running_services(), plain_refusals(settings().keys_file):
        if args.what == "rotate":
            _rotate(args.name or _next())
        else:
            asyncio.run(_connected(args))
    return 0


async def _connected(args: argparse.Namespace) -> None:
    async with database.connected(pool=1):
        match args.what:
            case "rewrap":
                await _rewrap()
            case "drop":
                await _drop(args.name)
            case _:
                _told(await lying())


def _rotate(name: str) -> None:
    if not NAME.fullmatch(name) or name in keys().kek:
        raise Trouble(f"密钥编号不可用：{name}", "a fresh name of a-z, 0-9, -")
    add_kek(settings().keys_file, name)
    say(f"新密钥 / new key: {name}. 请备份密钥文件并重启服务，再运行 keys rewrap")
    say("back up the keys file and restart the service, then run `keys rewrap`")


async def _rewrap() -> None:
    """Whoever stops it goes on by running it again."""
    for table in TABLES:
        moved = 0
        try:
            while many := await rewrap(table):
                moved += many
        except UnreadableError as lost:
            raise Trouble(f"{table}：{lost}", "restore the keys file that held this key") from lost
        if moved:
            say(f"{table}: {moved}")
    _told(await lying())


async def _drop(name: str) -> None:
    """Only what nothing lies under, nor will: else every reporter under it would be lost."""
    if name not in keys().kek or name == keys().current_kek:
        raise Trouble(f"不能销毁：{name}", "unknown, or the one in force")
    if left := sum(one.many for one in await lying() if one.kek_id == name):
        raise Trouble(f"仍有 {left} 行在其下，先运行 keys rewrap", "rows still lie under it")
    if await sealing_under(name):
        raise Trouble("有进程启动于换钥之前，仍用它加密，先重启服务", "restart the service first")
    drop_kek(settings().keys_file, name)
    say(f"已销毁 / destroyed: {name}. 旧备份从此无法打开 / old backups under it stay shut")


def _told(found: list[Lying]) -> None:
    held = keys()
    say(f"在用 / in force: {held.current_kek}; 持有 / held: {' '.join(sorted(held.kek))}")
    for one in found:
        lost = "" if one.opens else "  打不开，密钥缺失 / DOES NOT OPEN, key missing"
        say(f"  {one.table:16} {one.kek_id:8} {one.many}{lost}")


def _next() -> str:
    """k2 after k1."""
    numbers = [int(one[1:]) for one in keys().kek if re.fullmatch(r"k\d+", one)]
    return f"k{max(numbers, default=0) + 1}"
