"""规则包: `policy check` says what each pack knows, inherits and lacks, and what is wrong in it.

`check --installed` looks at the tables in force instead; `export` prints one of them as TOML;
`new CODE --name … --parent …` writes the folder of a jurisdiction nobody has described yet.
"""

import argparse
import asyncio
from collections.abc import Coroutine, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hotline import database
from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.errors import PolicyGap
from hotline.lookups.rehearsal import Alarm, alarms
from hotline.policy.check import Checked, Remark, TopicState, check
from hotline.policy.load import HERE, PackFiles, packs_on_disk
from hotline.policy.routes import SHANGHAI
from hotline.policy.skeleton import CODE, write_skeleton
from hotline.policy.store import contents, packs
from hotline.policy.writing import as_toml

STATES: Final = {"known": "已知 known", "inherited": "继承 inherited", "missing": "缺 missing"}
SOURCES_SHOWN: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["check", "export", "new"])
    parser.add_argument("code", nargs="?", default="", help="区划代码 code (new)")
    parser.add_argument("--name", default="", help="名称 (new)")
    parser.add_argument("--parent", default="", help="上级区划代码 (new)")
    parser.add_argument("--installed", action="store_true", help="the routing tables in force")
    parser.add_argument("--jurisdiction", help="区划代码 code (export)")
    parser.add_argument("--topic", default="routing", help="(export; default: routing)")
    parser.add_argument("--folder", type=Path, help="a folder with packs/ and calendars/")


def run(args: argparse.Namespace) -> int:
    """0 when nothing is wrong; gaps are printed and are no fault. 1 on any fault."""
    if args.what == "new":
        return _new(args)
    if args.what == "export":
        return _with_services(_export(args.jurisdiction or "", args.topic))
    return _with_services(_installed()) if args.installed else _on_disk(args)


def _with_services(work: Coroutine[Any, Any, int]) -> int:
    with running_services():
        return asyncio.run(_connected(work))


async def _connected(work: Coroutine[Any, Any, int]) -> int:
    await database.connect(pool=2)
    try:
        return await work
    finally:
        await database.disconnect()


async def _export(jurisdiction: str, topic: str) -> int:
    """What the jurisdiction itself says, as it is in force today."""
    found = (await contents()).get(jurisdiction, {}).get(topic)
    if found is None:
        raise Trouble("没有这个区划的这一部分", f"{jurisdiction} has no {topic} of its own")
    say(as_toml(found))
    return 0


async def _installed() -> int:
    """1 when a row in force no longer compiles; rows nobody met are told and are no fault."""
    everywhere = frozenset(pack.code for pack in (await packs()).serving())
    found = await alarms(everywhere, datetime.now(UTC))
    for alarm in found:
        say(_alarm_line(alarm))
    broken = sum(alarm.broken for alarm in found)
    say(f"{broken} 行失效 broken, {len(found) - broken} 行久未用到 quiet")
    return 1 if broken else 0


def _alarm_line(alarm: Alarm) -> str:
    kind = "失效 broken" if alarm.broken else "久未用到 quiet"
    return f"{alarm.jurisdiction} row {alarm.row} ({alarm.about}): {kind}: {alarm.what}"


def _on_disk(args: argparse.Namespace) -> int:
    on_disk = _read(args.folder or HERE)
    checked = check(on_disk)
    for code in sorted(on_disk):
        _print_pack(on_disk[code], checked)
    _print_remarks("错误 faults", checked.faults)
    print(f"\n{len(checked.gaps)} 处缺口 gaps, {len(checked.faults)} 处错误 faults")
    return 1 if checked.faults else 0


def _read(folder: Path) -> dict[str, PackFiles]:
    if not (folder / "packs").is_dir() or not (folder / "calendars").is_dir():
        raise Trouble(
            f"不是规则包的副本：{folder}，请先把 {HERE} 中的 packs 和 calendars 复制过去",
            "copy packs and calendars there first",
        )
    try:
        return packs_on_disk(folder)
    except PolicyGap as gap:
        raise Trouble("规则包不完整", str(gap)) from None


def _new(args: argparse.Namespace) -> int:
    """A skeleton that checks without a fault and names what is missing."""
    root = args.folder or HERE
    known = _read(root)
    name = args.name.strip()
    if not CODE.fullmatch(args.code) or not name or set(name) & set('"\\\n'):
        raise Trouble("请给出六位区划代码和名称", "six digits and a --name are needed")
    if args.code in known:
        raise Trouble("已有这个区划的规则包", f"{args.code} has a pack")
    if args.parent not in known:
        raise Trouble("没有这个上级规则包", f"no pack of --parent {args.parent or '(none)'}")
    today = datetime.now(SHANGHAI).date()
    place = root / "packs" / args.code
    with plain_refusals(place):
        made = write_skeleton(place, args.code, name, args.parent, today)
    for path in made:
        say(str(path))
    return 0


def _print_pack(pack: PackFiles, checked: Checked) -> None:
    inherits = f" ← {pack.parent}" if pack.parent else ""
    serves = "受理 serves" if pack.serves else "不受理 inherited only"
    print(f"\n{pack.code} {pack.name}{inherits} ({serves})")
    for state in checked.states:
        if state.pack == pack.code:
            print(f"  {_state_line(state)}")
    _print_remarks("  缺口 gaps", [gap for gap in checked.gaps if gap.pack == pack.code])


def _state_line(state: TopicState) -> str:
    head = f"{state.topic:12} {STATES[state.state]}"
    if state.state == "missing":
        return head
    of = f" from {state.of}" if state.state == "inherited" else ""
    marks = " ".join(f"{mark}:{count}" for mark, count in sorted(state.marks.items()))
    shown = "; ".join(state.sources[:SOURCES_SHOWN])
    more = len(state.sources) - SOURCES_SHOWN
    also = f" (+{more} more)" if more > 0 else ""
    return f"{head}{of}, version {state.version}, {marks} — {shown}{also}"


def _print_remarks(title: str, remarks: Iterable[Remark]) -> None:
    lines = [f"    {one.pack} {one.topic}: {one.text}" for one in remarks]
    if lines:
        print("\n".join([f"{title}:", *lines]))
