"""规则包: `policy check` says what each pack knows, inherits and lacks, and what is wrong in it."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotline.policy.check import Checked, Remark, TopicState, check
from hotline.policy.load import PackFiles, packs_on_disk

STATES: Final = {"known": "已知 known", "inherited": "继承 inherited", "missing": "缺 missing"}
SOURCES_SHOWN: Final = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["check"])
    parser.add_argument("--folder", type=Path, help="a folder with packs/ and calendars/")


def run(args: argparse.Namespace) -> int:
    """0 when nothing is wrong; gaps are printed and are no fault. 1 on any fault."""
    packs = packs_on_disk(args.folder)
    checked = check(packs)
    for code in sorted(packs):
        _print_pack(packs[code], checked)
    _print_remarks("错误 faults", checked.faults)
    print(f"\n{len(checked.gaps)} 处缺口 gaps, {len(checked.faults)} 处错误 faults")
    return 1 if checked.faults else 0


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
