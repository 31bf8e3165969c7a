"""No table that leaves the house holds a formula: each is written by one hand, or tamed there."""

from pathlib import Path

from hotline.rules.spreadsheet import as_csv

ROOT = Path(__file__).parents[2]
WRITERS = ("csv.writer(", "csv.DictWriter(", "xlsxwriter.Workbook(")
TAME = ("inert(", '"strings_to_formulas": False', "AS_TEXT")


def test_whoever_writes_a_table_tames_its_cells() -> None:
    wild = [
        str(path.relative_to(ROOT))
        for package in ("hotline", "webforms", "workers", "notifications")
        for path in (ROOT / package).rglob("*.py")
        if any(word in (text := path.read_text("utf-8")) for word in WRITERS)
        and not any(word in text for word in TAME)
    ]
    assert wild == []


def test_every_sign_a_spreadsheet_obeys_is_marked() -> None:
    for sign in (
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＠SUM(A1)",
        "＋cmd|'x'!A0",
        "－2+cmd|'x'!A0",
    ):
        assert as_csv([[sign]]).decode("utf-8-sig").lstrip('"').startswith("'"), sign
    assert as_csv([["+86 138 0000 0000", 7]]).decode("utf-8-sig") == "+86 138 0000 0000,7\r\n"
