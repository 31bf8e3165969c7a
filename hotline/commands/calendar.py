"""工作日历: `load` a year's days off and make-up days, each November; `list` what is known."""

import argparse
import asyncio
import json
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.errors import HotlineError
from hotline.lookups.calendar import years
from hotline.policy.calendar import read_year
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.steps.invite import OPERATOR
from hotline.steps.load_calendar import load_calendar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """calendar load --jurisdiction CODE --year Y FILE; calendar list."""
    what = parser.add_subparsers(dest="what", required=True)
    load = what.add_parser("load", help="TOML as hotline/policy/calendars, or CSV: date,off|work")
    load.add_argument("--jurisdiction", required=True, help="区划代码 code; 000000: the nation")
    load.add_argument("--year", required=True, type=int)
    load.add_argument("--source", default="", help="依据 the notice (CSV holds none)")
    load.add_argument("--json", action="store_true", help="one JSON object on the last line")
    load.add_argument("file", type=Path)
    what.add_parser("list", help="各区划已知的年份 the years each jurisdiction knows")


def run(args: argparse.Namespace) -> int:
    """1 when a file cannot be right; nothing is stored then."""
    row = _read(args) if args.what == "load" else {}
    with running_services():
        asyncio.run(_connected(_loaded(args, row) if row else _listed()))
    return 0


async def _connected(work: Coroutine[Any, Any, None]) -> None:
    await database.connect(pool=2)
    try:
        await work
    except HotlineError as refusal:
        raise Trouble("未能载入", str(refusal)) from refusal
    finally:
        await database.disconnect()


def _read(args: argparse.Namespace) -> dict[str, Any]:
    try:
        return read_year(args.file.read_text(encoding="utf-8"), args.year, args.source)
    except (OSError, UnicodeDecodeError, HotlineError) as wrong:
        raise Trouble(f"无法采用文件：{args.file}", str(wrong)) from wrong


async def _loaded(args: argparse.Namespace, row: dict[str, Any]) -> None:
    done = await load_calendar(args.jurisdiction, row, by=OPERATOR, now=datetime.now(UTC))
    one = done.recounted
    if args.json:
        told = {"looked_at": one.looked_at, "moved": one.moved, "settled": one.settled}
        say(json.dumps({"version": done.version, **told, "provisional": one.provisional}))
        return
    say(f"已载入 loaded: {args.jurisdiction} {args.year}, 版本 version {done.version}")
    say(f"期限重算 recounted: {one.moved} 件改期 moved, {one.settled} 件不再暂定 settled,")
    say(f"  仍暂定 provisional: {one.provisional}")


async def _listed() -> None:
    today = datetime.now(SHANGHAI).date()
    for pack in (await packs()).serving():
        for year in await years(pack.code, today):
            state = "已知 known" if year.known else "缺 missing"
            waits = f", {year.waiting} 件暂定 provisional" if year.waiting else ""
            counts = f"{len(year.off)} 休 off, {len(year.work)} 班 work"
            say(f"{pack.code} {year.year} {state}: {counts}{waits}")
