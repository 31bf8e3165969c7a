"""Whatever bytes claim to be a table: each row is a report or its faults are named; no error."""

import io
import os
import zipfile
from contextlib import suppress
from datetime import datetime
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotline.errors import BadReport, StepRefused
from hotline.rules.import_rows import SHANGHAI, Columns, Into, left_over, report_of
from hotline.steps.import_reading import headings, of_bytes, opened

MANY: Final = 1500 if os.environ.get("HOTLINE_TEST_LONG") else 60
FIELDS: Final = (
    *("text", "time", "number", "county", "longitude", "channel", "phone", "paper_date", "kinds"),
)
KNOWN: Final = (
    Columns(
        name="any",
        needs=("text",),
        columns={name: (name,) for name in FIELDS},
        defaults={"channel": "12345", "wish": "report", "secrecy": "confidential"},
        times=("%Y年%m月%d日", "%Y%m%d%H%M"),
    ),
)
INTO: Final = tuple(
    Into("520000", "520000", "any", history, datetime(2026, 3, 1, tzinfo=SHANGHAI))
    for history in (False, True)
)
HEADER: Final = ",".join(FIELDS).encode()
PIECES: Final = (
    *(b",", b"\t", b'"', b"\r\n", b"\n", b"\r", b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"'="),
    *(b"9999-12-31", b"0001-01-01T00:00+23:59", b"1e999", b"nan", b"-0", b"20260101", b"5E4"),
    *(
        "夜里有气味".encode(),
        "夜里有气味".encode("gb18030"),
        "夜里".encode("utf-16-le"),
        "１２".encode(),
    ),
    *(b'{"text": ', b"[1]", b"{}", b"}", b"1e400", b'"\\ud800"', b'{"text":{"a":[]},"time":1e3}'),
)
cells = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=24).map(b"".join)
starts = st.sampled_from((HEADER + b"\n", HEADER.replace(b",", b"\t") + b"\r\n", b"\xff\xfe", b""))
names = st.sampled_from(("t.csv", "t.jsonl", "t.xlsx", ""))


@given(start=starts, rest=cells, name=names)
@settings(max_examples=MANY, deadline=None)
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    read_all(name, start + rest)


# found: what begins like UTF-16 and ends in the middle of a letter, or holds half of one
@example(at=0, piece=b"\xff\xfe")
@example(at=0, piece=b"\xfe\xff")
@given(at=st.integers(0, 10_000), piece=st.sampled_from(PIECES) | st.binary(min_size=1, max_size=9))
@settings(max_examples=MANY, deadline=None)
def test_a_damaged_workbook_is_read_or_refused(at: int, piece: bytes) -> None:
    sheet = bytearray(workbook(piece))
    read_all("t.xlsx", bytes(sheet))
    at %= len(sheet)
    sheet[at : at + len(piece)] = piece
    read_all("t.xlsx", bytes(sheet))


def read_all(name: str, content: bytes) -> None:
    """As the step does: every row, as a new report and as history."""
    try:
        headings(of_bytes(name, content))
        table = opened(of_bytes(name, content), KNOWN)
        found = list(table.rows)
    except StepRefused:
        return
    for row in found:
        left_over(row.cells, table.columns)
        for into in INTO:
            with suppress(BadReport):
                report_of(row.cells, table.columns, into)


def workbook(cell: bytes) -> bytes:
    """The least that a spreadsheet is; the cell holds what is given, fit for XML or not."""
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in FIELDS).encode()
    told = b'<c t="inlineStr"><is><t>' + cell + b"</t></is></c>"
    moment = b'<c t="d"><v>' + cell + b"</v></c><c><v>" + cell + b"</v></c>"
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/workbook.xml": b"<workbook " + main + b' xmlns:r="' + office
        + b'"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="r1" Type="' + office
        + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": b"<worksheet " + main + b"><sheetData><row>" + head
        + b"</row><row>" + told + moment + b"</row></sheetData></worksheet>",
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()
