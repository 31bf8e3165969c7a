"""R3 at a browser: batch, file, results; the payee is in the file alone, the report in neither."""

import csv
import io
from datetime import UTC, datetime

import httpx
import xlsxwriter

from hotline.commands.launch.services import Services
from hotline.database import rows
from hotline.records import RewardCase
from hotline.rules.clocks import SHANGHAI
from hotline.rules.payee import Way
from hotline.rules.terms import Role
from hotline.steps.claim_reward import Claim, claim
from tests.steps.desk import LATER
from tests.steps.reward_desk import ACCOUNT, SOMEBODY, claimant_of, paid
from tests.support.sitting import another, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import STORY, sent
from tests.webforms.claims.test_claim import WISHED, told

# two more like it: three together are many enough to be told
COPY = """
INSERT INTO reward_case SELECT (jsonb_populate_record(c, jsonb_build_object(
  'id', gen_random_uuid(), 'number', gen_random_uuid()::text::char(20), 'stage', 'recovered'))).*
FROM reward_case c WHERE $1 <> '' LIMIT 1
"""


async def test_the_payer_takes_the_file_and_brings_the_results(visitor: Visitor) -> None:
    number, _ = await sent(visitor, **WISHED)
    case = await told(number)
    payee = Claim(Way.BANK, (SOMEBODY,), "1")
    await claim(claimant_of(case), payee, datetime.now(UTC))
    payer = await seat(visitor, Role.PAYER)
    await payer.go("/payouts")
    pages = [payer.text]
    await payer.press("/payouts")
    pages.append(payer.text)
    path = payer.visitor.path
    token = payer.visitor.form(f"{path}/file")

    sheet = await payer.client.post(f"{path}/file", data={**token, "as": "csv"})
    lines = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert lines[0]["账号"] == ACCOUNT
    assert lines[-1]["金额（元）"] == "100.00"
    for word in (case.number, number, STORY[:12], "都匀"):
        assert word not in sheet.text
    assert sheet.headers["cache-control"] == "no-store"
    refused = await payer.client.post(f"{path}/file", data={**token, "as": "xlsx", "why": ""})
    assert refused.status_code == 422

    unread = await upload(payer.client, path, token, "序号,结果\n1,也许\n".encode())
    assert "第 2 行看不懂" in unread.text
    book = results_sheet(lines[0])
    first = await upload(payer.client, path, token, book)
    assert "成功 1 笔，失败 0 笔" in first.text
    again = await upload(payer.client, path, token, book)
    assert "没有任何变化" in again.text
    assert (await RewardCase.get(id=case.id)).stage == "paid"
    for page in (*pages, first.text, again.text):
        assert not [one for one in (ACCOUNT, "某某", case.number, STORY[:12]) if one in page]
    (once,) = await rows("SELECT count(*) AS n FROM reward_posting WHERE to_account = 'paid'")
    assert once["n"] == 1


async def upload(
    client: httpx.AsyncClient, path: str, token: dict[str, str], content: bytes
) -> httpx.Response:
    files = {"file": ("results", content)}
    return await client.post(f"{path}/results", data=token, files=files)


def results_sheet(line: dict[str, str]) -> bytes:
    """As a spreadsheet gives it back: numbers where they look like numbers."""
    out, today = io.BytesIO(), datetime.now(SHANGHAI).date().isoformat()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["批次号", "序号", "结果", "发放日期", "凭证号"])
        sheet.write_row(1, 0, [line["批次号"], 1, "成功", today, "P-1"])
        sheet.write_row(2, 0, ["合计", "", "", "", ""])
    return out.getvalue()


async def test_the_ledger_balances_and_the_public_sees_no_single_payment(
    db: Services, client: httpx.AsyncClient
) -> None:
    case = await paid()
    officer = await seat(another(client), Role.APPROVER)
    await officer.go(f"/rewards/ledger?year={LATER.year}")
    assert "账目平衡" in officer.text
    assert case.number in officer.text
    sheet = (await officer.client.get(f"/rewards/ledger.csv?year={LATER.year}")).text
    assert f"{case.number},已审批未发放,已发放,100.00,奖励发放" in sheet

    public = await client.get(f"/public/rewards?year={LATER.year}")
    assert (public.status_code, "100" in public.text, case.number in public.text) == (
        200,
        False,
        False,
    )
    await rows("UPDATE reward_case SET recover_fen = 4000")
    for _ in range(2):
        await rows(COPY, Role.PAYER.value)
    public = await client.get(f"/public/rewards?year={LATER.year}")
    assert "<td>3</td><td>180</td>" in public.text.replace("\n", "")
