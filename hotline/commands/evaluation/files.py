"""The files of known answers: JSON lines, or tables with a line of headings."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hotline.commands.launch.words import Trouble

Row = Mapping[str, Any]


def read(path: Path, *columns: str) -> list[Row]:
    """`.jsonl` and `.json` by line, anything else as CSV; a byte order mark is no letter."""
    try:
        rows = _rows(path)
    except (ValueError, csv.Error) as fault:
        raise Trouble(f"读不出文件：{path}：{fault}", "neither JSON lines nor CSV") from fault
    if not rows:
        raise Trouble(f"文件里没有内容：{path}", "an empty file")
    for place, row in enumerate(rows, start=1):
        if lacking := _lacking(row, columns):
            raise Trouble(
                f"{path} 第 {place} 条缺少列：{lacking}", f"row {place} lacks the columns {lacking}"
            )
    return rows


def _rows(path: Path) -> list[Row]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix in {".jsonl", ".json", ".ndjson"}:
            return [json.loads(line) for line in file if line.strip()]
        return list(csv.DictReader(file))


def _lacking(row: object, columns: Sequence[str]) -> str:
    held = row if isinstance(row, dict) else {}
    return "、".join(name for name in columns if name not in held)


def words(value: object) -> Iterator[str]:
    """A list, or words parted by `;`, `|` or a comma: `also_acceptable` is written both ways."""
    if isinstance(value, str):
        for mark in "；;|，、":
            value = value.replace(mark, ",")
        value = value.split(",")
    for word in value if isinstance(value, list) else []:
        yield str(word).strip()
