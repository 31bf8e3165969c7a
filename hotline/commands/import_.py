"""批量导入 take a table of reports (CSV, XLSX, JSONL); rows that cannot be taken come back."""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from hotline import database
from hotline.commands.launch.services import running_services
from hotline.commands.launch.words import Trouble, say
from hotline.commands.rows_back import RowsBack
from hotline.errors import HotlineError, PolicyGap, StepRefused
from hotline.policy.store import packs
from hotline.rules.import_rows import Columns, Into
from hotline.steps.import_file import Outcome, Tally, finish_run, import_rows
from hotline.steps.import_mapping import mapping, shipped
from hotline.steps.import_reading import Table, of_file, opened
from workers.queues import INTAKE, wake

SAY_EVERY = 1.0  # seconds
LONGEST_SOURCE = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One file at a time; the source label and a row's own number make it known again."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--source", help="来源标签 label (default: the file's name)")
    parser.add_argument("--jurisdiction", help="区划代码 code (default: the only tenant)")
    parser.add_argument("--mapping", type=Path, help="列映射 TOML (default: by the headings)")
    parser.add_argument("--history", action="store_true", help="历史记录: no clock, nobody is told")
    parser.add_argument("--bad", type=Path, help="退回文件 where rows that cannot be taken go")


def run(args: argparse.Namespace) -> int:
    """0 when every row was taken or known, 3 when rows came back."""
    table = opened_table(args)
    with running_services():
        try:
            return asyncio.run(_connected(args, table))
        except StepRefused as refusal:
            raise _trouble(refusal) from refusal
        except PolicyGap as gap:
            raise Trouble("没有这个区划的规则包", f"no pack: {gap.jurisdiction}") from gap


async def _connected(args: argparse.Namespace, table: Table) -> int:
    await database.connect(pool=2)
    try:
        return await imported(args, table)
    finally:
        await database.disconnect()


async def imported(args: argparse.Namespace, table: Table) -> int:
    """Into the database that is connected."""
    now = datetime.now(UTC)
    into = await _into(args, now)
    say(f"列映射 / mapping: {table.columns.name}; 来源 / source: {into.source}", to=sys.stderr)
    progress = _Progress()
    with RowsBack(args.bad, args.file, table) as back:

        def told(outcome: Outcome, tally: Tally) -> None:
            back.take(outcome)
            progress.show(tally)

        tally = await import_rows(table.rows, table.columns, into, told)
    await finish_run(into, datetime.now(UTC))
    await asyncio.to_thread(wake, INTAKE)
    progress.show(tally, last=True)
    if back.path:
        say(f"退回的行 / rows that came back: {back.path}")
    return 3 if tally.bad else 0


class _Progress:
    """Rows so far, on stderr: once a second, and at the end."""

    def __init__(self) -> None:
        self.began = self.said = time.monotonic()

    def show(self, tally: Tally, *, last: bool = False) -> None:
        now = time.monotonic()
        if not last and now - self.said < SAY_EVERY:
            return
        self.said = now
        counts = (
            f"行 / rows {tally.rows}, 新增 / good {tally.good}, 已有 / known {tally.known},"
            f" 退回 / bad {tally.bad}, 秒 / seconds {now - self.began:.1f}"
        )
        say(counts, to=None if last else sys.stderr)


def opened_table(args: argparse.Namespace) -> Table:
    """The file under the mapping that fits it; whatever is wrong with it is one line."""
    try:
        return opened(of_file(args.file), _mappings(args))
    except (OSError, HotlineError) as refusal:
        raise _trouble(refusal) from refusal


def _mappings(args: argparse.Namespace) -> tuple[Columns, ...]:
    return (mapping(args.mapping),) if args.mapping else shipped()


async def _into(args: argparse.Namespace, now: datetime) -> Into:
    known = await packs()
    code = args.jurisdiction or _only([pack.code for pack in known.tenants()])
    source = args.source or args.file.name
    if not source.isprintable() or len(source) > LONGEST_SOURCE:
        raise Trouble("来源标签过长", f"a source label has at most {LONGEST_SOURCE} characters")
    return Into(known.pack(code).tenant, code, source, args.history, now)


def _only(codes: list[str]) -> str:
    if len(codes) != 1:
        raise Trouble(f"请用 --jurisdiction 指定区划：{' '.join(codes)}", "name the jurisdiction")
    return codes[0]


def _trouble(refusal: Exception) -> Trouble:
    if isinstance(refusal, OSError):
        return Trouble(f"无法读取：{refusal.filename}", refusal.strerror or "cannot be read")
    assert isinstance(refusal, StepRefused)
    if refusal.key == "import.no_mapping":
        headings = refusal.values["header"]
        return Trouble(f"没有列映射适合这些表头：{headings}", "no mapping fits; give --mapping")
    if refusal.key == "import.bad_mapping":
        return Trouble("列映射文件有误", str(refusal.values["what"]))
    return Trouble("文件无法读取", str(refusal.values.get("what", refusal.key)))
