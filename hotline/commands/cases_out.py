"""办件导出: the 18 columns as a spreadsheet or CSV; 0600, for it holds what reporters said."""

import argparse
import csv
import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.words import Trouble
from hotline.lookups.case_export import COLUMNS, SHANGHAI, cases
from hotline.policy.store import packs
from hotline.rules.sight import Sight
from hotline.rules.spreadsheet import BYTE_ORDER_MARK, inert

FORMS = (".xlsx", ".csv")


async def exported(args: argparse.Namespace, now: datetime) -> int:
    """How many reports; those of the jurisdiction and of what lies in it."""
    known = await packs()
    own = known.pack(args.jurisdiction)
    inside = [
        pack.code
        for pack in known.serving()
        if any(place.code == own.code for place in pack.gazetteer.path(pack.code))
    ]
    since = datetime.combine(args.since, datetime.min.time(), SHANGHAI)
    last = args.until or now.astimezone(SHANGHAI).date()
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), SHANGHAI)
    every = Sight(own.tenant, frozenset({own.code, *inside}), department="")
    return await _written(args.file, cases(every, since, until, now))


async def _written(path: Path, found: AsyncIterator[list[str]]) -> int:
    if path.suffix.lower() not in FORMS:
        raise Trouble("文件须以 .xlsx 或 .csv 结尾", "a file ends with .xlsx or .csv")
    with plain_refusals(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    if path.suffix.lower() == ".csv":
        return await _as_csv(handle, found)
    os.close(handle)
    return await _as_sheet(path, found)


async def _as_csv(handle: int, found: AsyncIterator[list[str]]) -> int:
    many = 0
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK)
        table = csv.writer(file)
        table.writerow(COLUMNS)
        async for row in found:
            table.writerow([inert(cell) for cell in row])
            many += 1
    return many


async def _as_sheet(path: Path, found: AsyncIterator[list[str]]) -> int:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    many = 0
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        async for row in found:
            many += 1
            sheet.write_row(many, 0, row)
    return many
