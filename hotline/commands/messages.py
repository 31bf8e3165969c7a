"""消息 failed messages: listed by cause, replayed after an outage; takes a mail that came back.

`messages bounce` reads one returned mail from its standard input: an alias of the mail server pipes
the sender's mailbox into it.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.errors import HotlineError
from hotline.lookups.failed import MOST_AT_ONCE, STATES, Asked, causes, failures
from hotline.policy.store import packs
from hotline.rules.actor import Actor
from hotline.rules.bounces import LONGEST, bounce
from hotline.rules.terms import ActorKind
from hotline.steps.bounce import take_bounce
from hotline.steps.messages import Handled
from hotline.steps.resend import resend
from workers.queues import DELIVERY, wake


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """list, replay, bounce."""
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="按原因列出 failed messages by way and cause")
    replay = what.add_parser("replay", help="补发 send again what failed by one way or cause")
    replay.add_argument("--way", default="", help="mail | short | wechat | partner:NAME")
    replay.add_argument("--cause", default="", help="as the list names it, such as smtp.451")
    replay.add_argument("--all", action="store_true", help="全部 whatever failed")
    what.add_parser("bounce", help="退信 a returned mail, from standard input")


def run(args: argparse.Namespace) -> int:
    """Numbers and causes go to the terminal, never an address."""
    raw = sys.stdin.buffer.read(LONGEST) if args.what == "bounce" else b""
    if args.what == "replay" and not (args.way or args.cause or args.all):
        raise Trouble(
            "请说明补发哪些：--way、--cause 或 --all", "say which: --way, --cause or --all"
        )
    with running_services():
        asyncio.run(_do(args, raw, datetime.now(UTC)))
    return 0


async def _do(args: argparse.Namespace, raw: bytes, now: datetime) -> None:
    async with database.connected(pool=1):
        match args.what:
            case "list":
                await _list()
            case "replay":
                await _replay(Asked("dead", args.way, args.cause), now)
            case _:
                await _bounce(raw, now)


async def _list() -> None:
    async for by in _operators():
        for state in STATES:
            for one in await causes(by, state):
                say(f"{by.jurisdiction}\t{state}\t{one.way or '-'}\t{one.error or '-'}\t{one.n}")


async def _replay(asked: Asked, now: datetime) -> None:
    sent = missed = 0
    async for by in _operators():
        while found := await failures(by, asked, MOST_AT_ONCE):
            before = sent
            for one in found:
                try:
                    await resend(Handled(one.handle, by, now))
                except HotlineError:
                    missed += 1
                else:
                    sent += 1
            if sent == before:
                break
    wake(DELIVERY)
    say(f"重新排队 {sent} 条，未能补发 {missed} 条 / queued again {sent}, not {missed}")


async def _bounce(raw: bytes, now: datetime) -> None:
    found = bounce(raw)
    taken = found is not None and await take_bounce(found, now)
    if taken:
        wake(DELIVERY)
    say(
        "退信已处理 / taken" if taken else "不是本系统的退信，或只是延迟 / none of ours, or a delay"
    )


async def _operators() -> AsyncIterator[Actor]:
    """Whoever may run commands on the machine, in each tenant."""
    for pack in (await packs()).tenants():
        yield Actor(ActorKind.SYSTEM, "operator", jurisdiction=pack.code)
