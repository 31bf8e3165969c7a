"""S2: the board's numbers, each with its orders; asked again and again, sent when one changed."""

import re
from datetime import datetime, timedelta

import httpx

from hotline.database import rows
from hotline.records import WorkOrder
from hotline.rules.clocks import SHANGHAI
from hotline.rules.terms import Role
from tests.support.sitting import COUNTY, DESK, NOWHERE, SMOKE, Sitting, arrived, order_number, seat
from tests.support.visitor import Visitor

LATE = timedelta(days=90)


async def supervisor(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.SUPERVISOR)


def links(page: httpx.Response, what: str) -> list[str]:
    """Where the numbers under one heading lead, the total first."""
    found = re.findall(rf'href="(/board/orders\?what={what}[^"]*)"', page.text)
    return [one.replace("&amp;", "&") for one in found]


async def test_each_number_of_the_board_leads_to_its_orders(visitor: Visitor) -> None:
    number = await order_number(await arrived(SMOKE))
    undecided = await arrived(NOWHERE)
    await rows("UPDATE clock SET due_at = due_at - $1::interval", LATE)
    await WorkOrder.filter(number=number).update(returned_count=2, redo_count=1)
    order = await WorkOrder.get(number=number)
    assert order.next_due_at is not None
    await WorkOrder.filter(number=number).update(next_due_at=order.next_due_at - LATE)
    desk = await supervisor(visitor)

    board = await desk.go("/board")

    for what in ("living", "overdue", "returned", "reopened"):
        total, line = links(board, what)
        assert line.endswith(f"&lead={DESK}")
        for path in (total, line):
            assert number in (await desk.go(path)).text
    assert links(board, "due") == []
    (_, line) = links(board, "unaccepted")
    late = (await desk.go(line)).text
    assert undecided in late
    assert f"/triage/reports/{undecided}" in late
    by_county = await desk.go("/board?by=county")
    assert f"/board/orders?what=overdue&amp;county={COUNTY}" in by_county.text
    assert number not in (await desk.go("/board/orders?what=due")).text

    file = await desk.client.get("/board/table?by=county&as=csv")
    today = f"{datetime.now(SHANGHAI):%Y%m%d}"
    assert f'"board-county-{today}.csv"' in file.headers["content-disposition"]
    head, total, line, *_ = file.text.splitlines()
    assert head.startswith("\ufeff县（市、区）,已超期,超期未受理,")
    assert (total, line) == ("合计,1,1,0,1,1,1", "黔南州都匀市,1,0,0,1,1,1")
    assert (await desk.client.get("/board/table?as=xlsx")).content[:2] == b"PK"


async def test_the_numbers_are_sent_again_only_when_one_changed(visitor: Visitor) -> None:
    desk = await supervisor(visitor)
    page = (await desk.go("/board")).text
    mark = re.findall(r'data-mark="([^"]+)"', page)[0].replace("&#34;", '"')
    assert "没有在办的工单" in page

    same = await desk.client.get("/board/numbers", headers={"if-none-match": mark})
    await arrived(SMOKE)
    changed = await desk.client.get("/board/numbers", headers={"if-none-match": mark})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert len(links(changed, "living")) == 2
