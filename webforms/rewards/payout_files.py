"""发放名单 as a spreadsheet or CSV, and the same with results as it comes back."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from hotline.errors import StepRefused
from hotline.rules import spreadsheet
from hotline.rules.import_rows import Columns
from hotline.rules.payout import PayoutRow, Result, read_result
from hotline.steps.import_reading import of_bytes, opened
from hotline.steps.settle_payout import Told
from webforms.submissions import Form
from webforms.visit import current

# as finance offices know them: the file goes to a bank and comes back, whatever its reader reads
HEAD: Final = (
    *("批次号", "序号", "方式", "收款人", "开户银行", "账号", "手机号码", "取款口令", "金额（元）"),
    *("结果", "发放日期", "凭证号", "失败原因"),
)
LARGEST: Final = 4 * 1024 * 1024


def as_csv(number: str, lines: Sequence[PayoutRow]) -> bytes:
    """With a mark that spreadsheets know."""
    return spreadsheet.as_csv([HEAD, *_cells(number, lines)])


def as_xlsx(number: str, lines: Sequence[PayoutRow]) -> bytes:
    """Every cell is text: an account of nineteen digits is no number."""
    return spreadsheet.as_xlsx([HEAD, *_cells(number, lines)])


def results_of(form: Form, number: str, content: bytes) -> Told | None:
    """What the file says of this batch; None with the problem noted."""
    try:
        table = opened(of_bytes("results", content), [_columns()])
    except StepRefused as refused:
        no_columns = refused.key == "import.no_mapping"
        form.problem("file", "payout.no_columns" if no_columns else f"refused.{refused.key}")
        return None
    found: list[Result] = []
    for one in table.rows:
        try:
            if one.fault:  # a row that is cut off may be somebody's
                raise ValueError(one.fault)
            result = read_result(one.cells, number)
        except ValueError:
            form.problem("file", "payout.bad_row", line=one.line)
            return None
        found += [result] if result else []
    if not found:
        form.problem("file", "payout.no_results")
        return None
    return Told(found, sha256(content).digest())


def _columns() -> Columns:
    return Columns("payout", ("序号", "结果"), {"text": ("结果",), "place": ("序号",)})


def _cells(number: str, lines: Sequence[PayoutRow]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        payee, way = line.payee, current().t(f"claim.ways.{line.way}")
        whom = (payee.name, payee.bank, payee.account, payee.phone, payee.pickup)
        yield (number, str(line.place), way, *whom, _yuan(line.fen), "", "", "", "")
    total = _yuan(sum(line.fen for line in lines))
    yield ("合计", "", f"{len(lines)}", "", "", "", "", "", total, "", "", "", "")


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
