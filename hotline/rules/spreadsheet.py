"""表格: rows as CSV or XLSX that any spreadsheet opens, of which no cell is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from hotline.rules.import_rows import FORMULA_MARK, FORMULA_STARTS

BYTE_ORDER_MARK: Final = "\ufeff"  # without it spreadsheets take a CSV for another encoding
CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: Final = {"csv": CSV, "xlsx": XLSX}
# a text stays a text: an account of nineteen digits is no number
AS_TEXT: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
_NUMBER: Final = re.compile(r"[+\-＋－][\d\s().-]*")  # +86 138… and - are none
Line = Sequence[str | int]


def inert(cell: str) -> str:
    """A cell that starts like a formula is marked; read again, the mark goes."""
    if cell.startswith(tuple(FORMULA_STARTS)) and not _NUMBER.fullmatch(cell):
        return f"{FORMULA_MARK}{cell}"
    return cell


def written(form: str, lines: Iterable[Line]) -> bytes:
    """The whole table as `csv` or `xlsx`."""
    return as_xlsx(lines) if form == "xlsx" else as_csv(lines)


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with the mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in line])
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def as_xlsx(lines: Iterable[Line]) -> bytes:
    """One sheet."""
    import xlsxwriter  # noqa: PLC0415 - slow to load, and few ask for one

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, AS_TEXT) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return out.getvalue()
