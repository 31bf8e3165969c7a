"""Tables as people hand them over: CSV in whatever Chinese encoding, XLSX, one JSON a line."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from python_calamine import CalamineError, CalamineWorkbook

from hotline.errors import StepRefused
from hotline.rules.import_rows import Columns, fitting

TITLE_ROWS: Final = 5  # an export may carry a title above its headings
LONGEST_CELL: Final = 1 << 20
FEW: Final = 0.01  # so few wrong bytes are damage in a UTF-8 file, not another encoding
AS_SENT: Final = "原文"


@dataclass(frozen=True, slots=True)
class Source:
    """A table's bytes and its name, wherever they lie; may be opened again and again."""

    name: str
    open: Callable[[], BinaryIO]


def of_file(path: Path) -> Source:
    """A file of the operator's."""
    return Source(path.name, lambda: path.open("rb"))


def of_bytes(name: str, content: bytes) -> Source:
    """What was uploaded: read in memory, never laid down in clear."""
    return Source(name, lambda: io.BytesIO(content))


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as it stands in the file; `fault` when it is none."""

    line: int
    cells: dict[str, Any]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: its form, its headings, how they are read, and its rows one by one."""

    form: str  # csv | xlsx | jsonl
    header: tuple[str, ...]
    columns: Columns
    rows: Iterator[SourceRow]


def opened(source: Source, known: Sequence[Columns]) -> Table:
    """A table that one of the mappings fits. StepRefused says why it cannot be read."""
    form = form_of(source)
    if form == "jsonl":
        return _of_objects(source, known)
    numbered = enumerate(_lines(source, form), start=1)
    first = list(islice(numbered, TITLE_ROWS))
    for place, (_, cells) in enumerate(first):
        header = tuple(str(cell or "").strip() for cell in cells)
        if columns := fitting(known, header):
            rows = _named(header, chain(first[place + 1 :], numbered))
            return Table(form, header, columns, rows)
    raise StepRefused("import.no_mapping", header=_headings(first))


def headings(source: Source) -> tuple[str, ...]:
    """The headings as far as they can be told without a mapping: the fullest of the first rows."""
    form = form_of(source)
    if form == "jsonl":
        return _names(list(islice(_objects(source), TITLE_ROWS)))
    first = list(islice(_lines(source, form), TITLE_ROWS))
    rows = [[str(cell or "").strip() for cell in cells] for cells in first]
    fullest = max(rows, key=lambda cells: sum(map(bool, cells)), default=[])
    return tuple(dict.fromkeys(filter(None, fullest)))


def form_of(source: Source) -> str:
    """csv, xlsx or jsonl, by the first bytes and the name."""
    with source.open() as file:
        start = file.read(4)
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "xlsx"  # the older .xls, read by the same library
    return "jsonl" if source.name.lower().endswith((".jsonl", ".ndjson", ".json")) else "csv"


def _lines(source: Source, form: str) -> Iterator[list[Any]]:
    return _sheet(source) if form == "xlsx" else _csv(source)


def _named(header: Sequence[str], rows: Iterator[tuple[int, list[Any]]]) -> Iterator[SourceRow]:
    for line, values in rows:
        if not any(str(value).strip() for value in values if value is not None):
            continue
        cells = dict(zip(header, values, strict=False))
        beyond = [value for value in values[len(header) :] if str(value or "").strip()]
        if beyond:
            yield SourceRow(line, cells | {AS_SENT: " | ".join(map(str, values))}, "row.too_wide")
        elif any("\udc80" <= letter <= "\udcff" for value in values for letter in str(value)):
            yield SourceRow(line, cells, "row.bad_encoding")
        else:
            yield SourceRow(line, cells)


def _sheet(source: Source) -> Iterator[list[Any]]:
    try:
        with source.open() as file:
            workbook = CalamineWorkbook.from_filelike(file)
            yield from workbook.get_sheet_by_index(0).iter_rows()
    except (CalamineError, OSError) as error:
        raise StepRefused("import.unreadable", what=str(error)) from error


def _csv(source: Source) -> Iterator[list[Any]]:
    csv.field_size_limit(LONGEST_CELL)
    encoding = encoding_of(source)
    with io.TextIOWrapper(source.open(), encoding, "surrogateescape", newline="") as file:
        try:
            start = file.readline()
            file.seek(0)
            mark = max((",", "\t", ";", "，"), key=start.count)
            yield from csv.reader(file, delimiter=mark)
        except (csv.Error, UnicodeError) as error:  # in UTF-16 nothing can be told after damage
            raise StepRefused("import.unreadable", what=str(error)) from error


def _of_objects(source: Source, known: Sequence[Columns]) -> Table:
    rows = _objects(source)
    first = list(islice(rows, TITLE_ROWS))
    header = _names(first)
    columns = fitting(known, header)
    if columns is None:
        raise StepRefused("import.no_mapping", header=", ".join(header))
    return Table("jsonl", header, columns, chain(first, rows))


def _names(first: Sequence[SourceRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in first if not row.fault for name in row.cells))


def _objects(source: Source) -> Iterator[SourceRow]:
    with source.open() as file:
        for line, sent in enumerate(file, start=1):
            if sent.strip():
                yield _object(line, sent.removeprefix(codecs.BOM_UTF8))


def _object(line: int, sent: bytes) -> SourceRow:
    try:
        text = sent.decode()
    except UnicodeDecodeError:
        return SourceRow(line, {AS_SENT: sent.decode("utf-8", "replace")}, "row.bad_encoding")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return SourceRow(line, found)
    return SourceRow(line, {AS_SENT: text.strip()}, "row.no_object")


def encoding_of(source: Source) -> str:
    """UTF-8 unless it cannot be; then GB 18030, which holds GBK and GB 2312."""
    with source.open() as file:
        if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        file.seek(0)
        wrong, beyond = _damage(file)
    return "utf-8-sig" if wrong <= FEW * beyond else "gb18030"


def _damage(file: BinaryIO) -> tuple[int, int]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    wrong = beyond = 0
    while block := file.read(1 << 20):
        text = decoder.decode(block)
        wrong += text.count("\ufffd")
        beyond += sum(1 for letter in text if letter > "\x7f")
    return wrong, beyond


def _headings(first: Sequence[tuple[int, list[Any]]]) -> str:
    return ", ".join(str(cell) for cell in first[0][1])[:200] if first else ""
