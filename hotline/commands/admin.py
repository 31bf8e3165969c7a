"""人员账号 accounts from the machine itself: add (a one-time link), list, password, close."""

import argparse
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

from hotline.commands.launch.acting import Words, act
from hotline.commands.launch.home import chosen_home
from hotline.commands.launch.words import Trouble, say
from hotline.lookups.staff import people
from hotline.policy.store import packs
from hotline.rules.terms import Role
from hotline.settings import settings
from hotline.steps.change_password import reset_password
from hotline.steps.close_account import close_account
from hotline.steps.invite import OPERATOR, Post, invite


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """admin add LOGIN --roles handler,reviewer --jurisdiction CODE --department CODE."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="一次性链接 a one-time link for a new account")
    add.add_argument("login")
    add.add_argument("--roles", required=True, help=", ".join(Role))
    add.add_argument("--jurisdiction", required=True, help="区划代码 code of a policy pack")
    add.add_argument("--department", default="", help="部门代码 code from the pack")
    actions.add_parser("list", help="全部账号 every account")
    for name, words in (("password", "新密码 a new password"), ("close", "停用 close an account")):
        actions.add_parser(name, help=words).add_argument("login")


def run(args: argparse.Namespace) -> int:
    """One action on the accounts of this installation."""
    login = getattr(args, "login", "")
    act(lambda: _ACTIONS[args.action](args), Words((f"没有这个账号：{login}", "no such account")))
    return 0


async def _add(args: argparse.Namespace) -> None:
    post = Post(args.jurisdiction, _roles(args.roles), args.department)
    path = await invite(post, OPERATOR, datetime.now(UTC), args.login)
    say(f"一次性链接（24 小时内有效）/ one-time link, for 24 h: {_web()}{path}")


async def _list(args: argparse.Namespace) -> None:
    del args
    for tenant in (await packs()).tenants():
        for one in await people(tenant.code):
            roles = ",".join(sorted(one.roles))
            state = "" if one.active else "  停用 / closed"
            say(f"{one.login:20} {roles:30} {one.jurisdiction} {one.department}{state}")


async def _password(args: argparse.Namespace) -> None:
    drawn = await reset_password(args.login, OPERATOR, datetime.now(UTC))
    say(f"新密码（只显示一次）/ new password, shown once: {drawn}")


async def _close(args: argparse.Namespace) -> None:
    await close_account(args.login, OPERATOR, datetime.now(UTC))
    say(f"已停用 / closed: {args.login}")


def _web() -> str:
    """Where a running `up` answers, else where it would."""
    try:
        running = json.loads(chosen_home().run_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return settings().public_url
    return str(running["web"])


def _roles(words: str) -> frozenset[Role]:
    try:
        return frozenset(Role(word.strip()) for word in words.split(",") if word.strip())
    except ValueError as fault:
        raise Trouble(f"没有这种角色：{fault}", f"roles: {', '.join(Role)}") from fault


_ACTIONS: Final[dict[str, Callable[[argparse.Namespace], Awaitable[None]]]] = {
    "add": _add,
    "list": _list,
    "password": _password,
    "close": _close,
}
