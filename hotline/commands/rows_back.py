"""退回文件: rows that could not be taken, in the form they came in, each with its reason."""

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any, Final, Self, TextIO

import xlsxwriter

from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.words import Trouble
from hotline.rules.import_rows import FORMULA_MARK, cell_text
from hotline.steps.import_file import Outcome
from hotline.steps.import_reading import AS_SENT, Table
from webforms.texts import has_text, text

REASON: Final = "原因"
_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![\d\s().-]*$)")  # +86 138… and - are none
BYTE_ORDER_MARK: Final = "\ufeff"  # without it spreadsheets take a CSV for another encoding


class RowsBack:
    """Opened with the first row that comes back; 0600, for it holds what reporters said."""

    def __init__(self, asked: Path | None, source: Path, table: Table) -> None:
        self._asked, self._source, self._table = asked, source, table
        self._header = [*(name for name in table.header if name != REASON), AS_SENT, REASON]
        self._rows: list[dict[str, Any]] = []
        self._file: TextIO | None = None
        self.path: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()
        if self._rows:
            self._write_sheet()

    def take(self, outcome: Outcome) -> None:
        """Give a row back if there is something to say of it."""
        if not outcome.faults:
            return
        row = {**outcome.row.cells, REASON: _reason(outcome)}
        if self._table.form == "xlsx":
            self._rows.append(row)
        elif self._table.form == "jsonl":
            self._line(json.dumps(row, ensure_ascii=False, default=cell_text) + "\n")
        else:
            self._line(self._as_csv(row))

    def _line(self, line: str) -> None:
        if self._file is None:
            self._file = self._opened()
            if self._table.form == "csv":
                headings = dict(zip(self._header, self._header, strict=True))
                self._file.write(BYTE_ORDER_MARK + self._as_csv(headings))
        self._file.write(line)

    def _as_csv(self, row: dict[str, Any]) -> str:
        line = io.StringIO()
        csv.writer(line).writerow([_inert(cell_text(row.get(name))) for name in self._header])
        return line.getvalue()

    def _opened(self) -> TextIO:
        path = self._asked or self._free_path()
        with plain_refusals(path):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self.path = path
        return os.fdopen(handle, "w", encoding="utf-8", newline="")

    def _free_path(self) -> Path:
        stem, suffix = self._source.stem, self._source.suffix
        for number in range(1, 1000):
            path = self._source.with_name(f"{stem}-bad-{number}{suffix}").absolute()
            if not path.exists():
                return path
        raise Trouble("退回文件过多", "too many files of rows that came back; give --bad")

    def _write_sheet(self) -> None:
        self._opened().close()
        assert self.path
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(self.path, options) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, self._header)
            for place, row in enumerate(self._rows, start=1):
                sheet.write_row(place, 0, [cell_text(row.get(name)) for name in self._header])


def _inert(cell: str) -> str:
    """No spreadsheet takes a reporter's words for a formula; read again, the mark goes."""
    return f"{FORMULA_MARK}{cell}" if _FORMULA.match(cell) else cell


def _reason(outcome: Outcome) -> str:
    said = [_worded(name, key) for name, key in outcome.faults.items()]
    return f"{text('import.line', line=outcome.row.line)}：{'；'.join(said)}"


def _worded(name: str, key: str) -> str:
    wording = text(f"import.{key}" if has_text(f"import.{key}") else f"faults.{key}")
    return wording if key.startswith(("row.", "text.")) else f"{name}：{wording}"
