"""派单演练 run a draft routing table over past orders; print what would change, change nothing."""

import argparse
import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.errors import PolicyGap, StepRefused
from hotline.lookups.rehearsal import Rehearsed, about, rehearsal
from hotline.policy.draft import read

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
YEAR: Final = timedelta(days=365)
SHOWN: Final = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The draft is the jurisdiction's own table; what it inherits is laid under it."""
    parser.add_argument("--jurisdiction", required=True, help="区划代码 code")
    parser.add_argument("--routing", required=True, type=Path, help="草案 routing.toml")
    parser.add_argument("--since", help="起始日期 YYYY-MM-DD (default: a year ago)")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")


def run(args: argparse.Namespace) -> int:
    """0; 1 when a row of the draft does not compile."""
    text, since = _text(args.routing), _since(args.since)
    with running_services():
        found = asyncio.run(_connected(args.jurisdiction, text, since))
    for one in found:
        _print(one)
    if args.json:
        say(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
    return 1 if any(one.draft.faults for one in found) else 0


async def _connected(jurisdiction: str, text: str, since: datetime) -> tuple[Rehearsed, ...]:
    await database.connect(pool=2)
    try:
        found = await rehearsal(jurisdiction, read(text), text, since)
    except StepRefused as refusal:
        raise _trouble(refusal) from refusal
    except PolicyGap as gap:
        raise Trouble("没有这个区划的规则包", f"no pack: {gap.jurisdiction}") from gap
    finally:
        await database.disconnect()
    if not found:
        raise Trouble("没有受理诉求的规则包用到这个目录", f"no serving pack under {jurisdiction}")
    return found


def _print(one: Rehearsed) -> None:
    found = one.found
    say(f"\n{one.pack.code} {one.pack.name}")
    say(
        f"  工单 orders {found.looked}, 主办改变 lead changes {found.changed},"
        f" 仅协办改变 assisting only {found.co_changed}"
    )
    for line in (*_faults(one), *_shifts(one), *_nobody(one), *_unmatched(one)):
        say(f"  {line}")


def _faults(one: Rehearsed) -> Iterator[str]:
    for fault in one.draft.faults:
        at = f"第 {fault.line} 行 line {fault.line}, " if fault.line else ""
        yield f"错误 fault: {at}row {fault.row} ({fault.about}): {fault.what}"


def _shifts(one: Rehearsed) -> Iterator[str]:
    for shift in one.found.shifts:
        some = " ".join(shift.examples)
        yield f"{shift.department}: +{shift.gains} -{shift.losses}  {some}"


def _nobody(one: Rehearsed) -> Iterator[str]:
    waiting = one.found.nobody
    new = [each for each in waiting if each.is_new]
    yield f"转人工 to a person {len(waiting)}, 其中新增 newly {len(new)}"
    yield from (f"  {each.number}: {each.cause}" for each in new[:SHOWN])


def _unmatched(one: Rehearsed) -> Iterator[str]:
    rules = {rule.row: rule for rule in one.draft.pack.routing[: one.draft.own_rows]}
    for row in one.found.unmatched:
        if row in rules:
            yield f"没有工单对应 nothing matches: row {row} ({about(rules[row])})"


def _as_json(one: Rehearsed) -> dict[str, Any]:
    return {
        "rehearse": one.pack.code,
        "faults": [asdict(fault) for fault in one.draft.faults],
        **asdict(one.found),
    }


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"无法读取：{path}", "cannot be read") from error


def _since(given: str | None) -> datetime:
    if given is None:
        return datetime.now(UTC) - YEAR
    try:
        return datetime.fromisoformat(given).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise Trouble(f"日期有误：{given}", "a day is YYYY-MM-DD") from error


def _trouble(refusal: StepRefused) -> Trouble:
    row = f"row {refusal.values['row']}: " if "row" in refusal.values else ""
    return Trouble("草案无法读取", f"{row}{refusal.values.get('what', refusal.key)}")
