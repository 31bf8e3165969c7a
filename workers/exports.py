"""导出: write tables that were asked for at a desk, in the name of whoever asked."""

import asyncio
import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final

import structlog
import xlsxwriter

from hotline.errors import HotlineError
from hotline.lookups.assessment import Assessed, whole_cohort
from hotline.rules.clocks import SHANGHAI
from hotline.steps.desk_export import (
    Claimed,
    advance_export,
    claim_export,
    fail_export,
    finish_export,
)
from workers.job import run, utc_now
from workers.queues import EXPORTS, awake, wake

CHUNK: Final = 500  # rows between two looks whether it was stopped
BYTE_ORDER_MARK: Final = "\ufeff"
log = structlog.get_logger()


def drain() -> int:
    """RQ job; may run twice, may run beside another. Returns how many tables it wrote."""
    return run(drain_all())


async def drain_all() -> int:
    """The first table that waits; the next job goes on with the next."""
    awake(EXPORTS)
    claimed = await claim_export(utc_now())
    if claimed is None:
        return 0
    try:
        await _write(claimed)
    except HotlineError as error:
        log.warning("export.failed", what=claimed.row.what, error=type(error).__name__)
        await fail_export(claimed, "export.failed", utc_now())
    wake(EXPORTS)
    return 1


async def _write(claimed: Claimed) -> None:
    more = claimed.more
    found = await whole_cohort(claimed.by, date.fromisoformat(more["month"]), utc_now())
    lines: list[list[str | int]] = [more["head"]]
    for at in range(0, len(found), CHUNK):
        if not await advance_export(claimed, at, len(found), utc_now()):
            return
        lines += [_cells(one, more["words"]) for one in found[at : at + CHUNK]]
    await advance_export(claimed, len(found), len(found), utc_now())
    write = _csv if claimed.row.form == "csv" else _sheet
    await finish_export(claimed, await asyncio.to_thread(write, lines), utc_now())


def _cells(one: Assessed, words: dict[str, str]) -> list[str | int]:
    """As `head` has them."""
    closed = f"{one.closed_at.astimezone(SHANGHAI):%Y-%m-%d}" if one.closed_at else ""
    return [
        one.number,
        inert(one.title),
        one.lead,
        one.place,
        f"{one.opened_at.astimezone(SHANGHAI):%Y-%m-%d}",
        closed,
        words[_kept(one.told_late)],
        words[_kept(one.ended_late)],
        one.rated,
        one.satisfied,
        words["yes" if one.reopened else "no"],
    ]


def _kept(late: bool | None) -> str:
    return "open" if late is None else "no" if late else "yes"


def inert(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip()[:1] in ("=", "+", "-", "@") else cell


def _csv(lines: Sequence[Sequence[str | int]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def _sheet(lines: Sequence[Sequence[str | int]]) -> bytes:
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return out.getvalue()
