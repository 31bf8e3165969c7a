"""接口密钥 API keys: add one (shown once), a new one beside the old, list, revoke."""

import argparse
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.commands.launch.acting import NAMES, Words, act
from hotline.commands.launch.words import say
from hotline.lookups.api_key import api_keys
from hotline.rules.terms import Channel, Scope
from hotline.steps.api_key import PER_MINUTE, FreshKey, KeyWish, add_key, revoke_key, rotate_key
from hotline.steps.channel import NO_DOORS

KINDS = [kind.value for kind in Channel if kind not in NO_DOORS]
SCOPES = [scope.value for scope in Scope]
WORDS: Final = Words(
    missing=("没有这个密钥，或已停用", "no such key, or revoked"),
    refused=NAMES
    | {"api_key.bad_rate": ("每分钟次数须在 1 至 100000 之间", "a rate is 1 to 100000 a minute")},
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """add, rotate, revoke, list."""
    what = parser.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="新增 let a machine in")
    add.add_argument("name", help="对接单位的名称 the partner: a-z 0-9 - _ .")
    add.add_argument("--jurisdiction", required=True, help="区划代码 code of the pack")
    add.add_argument("--scope", action="append", choices=SCOPES, help="权限，可重复；默认全部 all")
    add.add_argument("--kind", choices=KINDS, default=Channel.PARTNER.value)
    add.add_argument("--per-minute", type=int, default=PER_MINUTE, help="每分钟次数 calls a minute")
    rotate = what.add_parser("rotate", help="换密钥 a new key; the old one stays good a while")
    rotate.add_argument("name")
    rotate.add_argument("--overlap-hours", type=float, default=7 * 24)
    revoke = what.add_parser("revoke", help="停用 shut a machine off")
    revoke.add_argument("name")
    what.add_parser("list", help="列出 every key")


def run(args: argparse.Namespace) -> int:
    """A key goes to the terminal once; only its keyed hash is kept."""
    act(lambda: _done(args, datetime.now(UTC)), WORDS)
    return 0


async def _done(args: argparse.Namespace, now: datetime) -> None:
    match args.what:
        case "add":
            _show(await add_key(_wish(args), now))
        case "rotate":
            _show(await rotate_key(args.name, now, timedelta(hours=args.overlap_hours)))
        case "revoke":
            await revoke_key(args.name)
            say(f"已停用 / revoked: {args.name}")
        case _:
            await _list()


def _wish(args: argparse.Namespace) -> KeyWish:
    scopes = frozenset(Scope(one) for one in args.scope or SCOPES)
    return KeyWish(args.name, args.jurisdiction, scopes, Channel(args.kind), args.per_minute)


def _show(fresh: FreshKey) -> None:
    say(f"密钥（仅显示一次）/ key, shown once: {fresh.key}")


async def _list() -> None:
    for one in await api_keys():
        state = "启用 / active" if one.active else "停用 / revoked"
        scopes = " ".join(one.scopes)
        say(f"{one.name}\t{one.kind}\t{one.jurisdiction}\t{scopes}\t{one.per_minute}/min\t{state}")
