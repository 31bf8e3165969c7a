"""接入渠道 signed senders: add one (its secret is shown once), change its secret, list, retire.

With --wechat the same for an official account of WeChat 公众号, whose secrets are three.
"""

import argparse
import getpass
import sys
from datetime import UTC, datetime, timedelta
from typing import Final

from hotline.commands.launch.acting import NAMES, Words, act
from hotline.commands.launch.words import say
from hotline.lookups.channel import channels
from hotline.lookups.wechat_account import wechat_accounts
from hotline.rules.terms import Channel
from hotline.settings import settings
from hotline.steps.channel import NO_DOORS, Fresh, add_channel, retire_channel, rotate_channel
from hotline.steps.wechat_account import Secrets, add_account, renew_account, retire_account

KINDS = [kind.value for kind in Channel if kind not in NO_DOORS]
WORDS: Final = Words(
    missing=("没有这个渠道，或已停用", "no such channel, or retired"),
    refused=NAMES | {"wechat.bad_app": ("AppID 或 AppSecret 不对", "AppID or AppSecret is none")},
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """add, rotate, retire, list."""
    what = parser.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="新增 let a sender in")
    add.add_argument("name", help="渠道名（网址的一部分）; part of the address: a-z 0-9 - _ .")
    add.add_argument("--jurisdiction", required=True, help="区划代码 code of the pack")
    add.add_argument("--kind", choices=KINDS, default=Channel.PARTNER.value)
    add.add_argument("--app-id", default="", help="公众号 AppID; with --wechat")
    add.add_argument("--plain", action="store_true", help="明文模式 no AES; with --wechat")
    rotate = what.add_parser("rotate", help="换密钥 a new secret; the old one stays good a while")
    rotate.add_argument("name")
    rotate.add_argument("--overlap-hours", type=float, default=7 * 24)
    retire = what.add_parser("retire", help="停用 shut a sender off")
    retire.add_argument("name")
    what.add_parser("list", help="列出 every sender")
    for one in (add, rotate, retire):
        one.add_argument("--wechat", action="store_true", help="公众号 an official account")


def run(args: argparse.Namespace) -> int:
    """A secret goes to the terminal once and is kept sealed."""
    act(lambda: _done(args, datetime.now(UTC)), WORDS)
    return 0


async def _done(args: argparse.Namespace, now: datetime) -> None:
    if getattr(args, "wechat", False):
        await _wechat(args, now)
        return
    match args.what:
        case "add":
            _show(await add_channel(args.name, args.jurisdiction, Channel(args.kind), now))
        case "rotate":
            overlap = timedelta(hours=args.overlap_hours)
            _show(await rotate_channel(args.name, now, overlap))
        case "retire":
            await retire_channel(args.name)
            say(f"已停用 / retired: {args.name}")
        case _:
            await _list()


def _show(fresh: Fresh) -> None:
    say(f"地址 / address: /hooks/{fresh.name}")
    say(f"密钥（仅显示一次）/ secret, shown once: {fresh.secret}")


async def _wechat(args: argparse.Namespace, now: datetime) -> None:
    match args.what:
        case "add":
            app = (args.app_id, _app_secret())
            fresh = await add_account(args.name, args.jurisdiction, app, now, plain=args.plain)
            _show_account(args.name, fresh)
        case "rotate":
            hours = args.overlap_hours
            fresh = await renew_account(args.name, now, timedelta(hours=hours))
            _show_account(args.name, fresh)
            say(f"旧令牌和密钥仍可用 {hours:g} 小时 / the old ones stay good for {hours:g} hours")
        case _:
            await retire_account(args.name)
            say(f"已停用 / retired: {args.name}")


def _app_secret() -> str:
    """Typed or piped in: an argument would stand in the list of processes."""
    if sys.stdin.isatty():
        return getpass.getpass("AppSecret: ").strip()
    return sys.stdin.readline().strip()


def _show_account(name: str, fresh: Secrets) -> None:
    say(f"服务器地址 / URL: {settings().public_url}/hooks/wechat/{name}")
    say(f"令牌（仅显示一次）/ Token, shown once: {fresh.token}")
    if fresh.aes_key:
        say(f"消息加解密密钥（仅显示一次）/ EncodingAESKey, shown once: {fresh.aes_key}")
    say(f"消息加解密方式 / mode: {'安全模式 AES' if fresh.aes_key else '明文模式 plain'}")


async def _list() -> None:
    for one in await channels():
        say(f"{one.name}\t{one.kind}\t{one.jurisdiction}\t{_state(one.active)}")
    for account in await wechat_accounts():
        say(f"{account.name}\twechat\t{account.jurisdiction}\t{_state(account.active)}")


def _state(active: bool) -> str:
    return "启用 / active" if active else "停用 / retired"
