"""退回文件: rows that could not be taken, in the form they came in, each with its reason."""

import json
import os
from pathlib import Path
from typing import Any, Self, TextIO

import xlsxwriter

from hotline.commands.launch.home import plain_refusals
from hotline.commands.launch.words import Trouble
from hotline.rules.import_rows import cell_text
from hotline.rules.spreadsheet import BYTE_ORDER_MARK
from hotline.steps.import_file import Outcome
from hotline.steps.import_reading import AS_SENT, Table
from webforms.rows_back import REASON, csv_line, reason


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
        row = {**outcome.row.cells, REASON: reason(outcome.row.line, outcome.faults)}
        if self._table.form == "xlsx":
            self._rows.append(row)
        elif self._table.form == "jsonl":
            self._line(json.dumps(row, ensure_ascii=False, default=cell_text) + "\n")
        else:
            self._line(csv_line(self._header, row))

    def _line(self, line: str) -> None:
        if self._file is None:
            self._file = self._opened()
            if self._table.form == "csv":
                headings = dict(zip(self._header, self._header, strict=True))
                self._file.write(BYTE_ORDER_MARK + csv_line(self._header, headings))
        self._file.write(line)

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
