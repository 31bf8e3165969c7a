"""边督边改公开表: the pack's title and columns, as a page and as XLSX. Made up（虚构）."""

import io
from datetime import UTC, datetime

import httpx
from python_calamine import CalamineWorkbook

from hotline.policy.store import packs
from hotline.rules.terms import Role, Step
from hotline.steps.disclose import Proposal, approve, propose
from hotline.steps.inspected import Inspected
from tests.steps.desk import LATER, TENANT, at, dispatched, handler_of, refused, staff, until

NUMBER = "D3GZ202605280018"


def told(**inspected: str) -> Proposal:
    return Proposal(
        "某企业异味问题", "群众反映气味难闻。", "已责令整改。", inspected=Inspected(**inspected)
    )


async def test_a_matter_of_an_inspection_stands_in_the_printed_columns(
    client: httpx.AsyncClient,
) -> None:
    order = await until(Step.CLOSE, await dispatched())
    by = handler_of(order)
    with refused("disclose.inspection_number"):
        await propose(at(order), told(number="第18号"), by=by, now=LATER)
    with refused("disclose.inspected_personal"):
        await propose(at(order), told(number=NUMBER, accountability="我家住3栋"), by=by, now=LATER)
    ask = told(number=NUMBER, verified="=经查属实", accountability="约谈1人")
    number = await propose(at(order), ask, by=by, now=LATER)
    await approve(TENANT, number, by=staff(Role.PUBLISHER), now=datetime.now(UTC))

    disclosure = (await packs()).pack(TENANT).disclosure
    page = (await client.get("/public/inspection")).text
    assert disclosure.table_title in page
    assert [name for _, name in disclosure.columns if name not in page] == []
    assert "共 1 件，其中属实 1 件" in page
    file = await client.get("/public/inspection.xlsx")
    (sheet,) = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).sheet_names
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    title, head, row = book.get_sheet_by_name(sheet).to_python()
    assert title[0] == disclosure.table_title
    assert head == [name for _, name in disclosure.columns]
    assert row[:3] == ["1", NUMBER, "群众反映气味难闻。"]
    assert row[5:] == ["=经查属实", "属实", "已责令整改。", "办结", "约谈1人"]
    again = await client.get(
        "/public/inspection.xlsx", headers={"if-none-match": file.headers["etag"]}
    )
    assert again.status_code == 304
