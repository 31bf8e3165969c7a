"""The files of known answers: JSON lines, or tables with a line of headings."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]


def read(path: Path) -> list[Row]:
    """`.jsonl` and `.json` by line, anything else as CSV; a byte order mark is no letter."""
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix in {".jsonl", ".json", ".ndjson"}:
            return [json.loads(line) for line in file if line.strip()]
        return list(csv.DictReader(file))


def words(value: object) -> Iterator[str]:
    """A list, or words parted by `;`, `|` or a comma: `also_acceptable` is written both ways."""
    if isinstance(value, str):
        for mark in "；;|，、":
            value = value.replace(mark, ",")
        value = value.split(",")
    for word in value if isinstance(value, list) else []:
        yield str(word).strip()
