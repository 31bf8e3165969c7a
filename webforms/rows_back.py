"""退回的行: how rows that could not be taken are written, each with its reason, safe to open."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hotline.rules.import_rows import cell_text
from hotline.rules.spreadsheet import inert
from webforms.texts import has_text, text

REASON: Final = "原因"


def reason(line: int, faults: Mapping[str, str]) -> str:
    """第 3 行：phone：…, in the words of whoever has to put it right."""
    said = [worded(name, key) for name, key in faults.items()]
    return f"{text('import.line', line=line)}：{'；'.join(said)}"


def worded(name: str, key: str) -> str:
    """What is wrong with one field."""
    wording = text(f"import.{key}" if has_text(f"import.{key}") else f"faults.{key}")
    return wording if key.startswith(("row.", "text.")) else f"{name}：{wording}"


def csv_line(header: Sequence[str], cells: Mapping[str, Any]) -> str:
    """One line; no spreadsheet takes a reporter's words for a formula."""
    line = io.StringIO()
    csv.writer(line).writerow([inert(cell_text(cells.get(name))) for name in header])
    return line.getvalue()
