"""延期 through the pages: the handler asks, the reviewer grants, the reporter reads why."""

import httpx

from hotline.database import row
from hotline.rules.terms import Role
from tests.support.sitting import DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import at, signed

WHY = "监测报告（虚构）尚未出具，需延长办理期限"


async def test_more_time_is_asked_and_granted(client: httpx.AsyncClient, visitor: Visitor) -> None:
    number = await order_number(await arrived())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await signed(handler, number)
    assert at(number, "extension") in handler.text

    await handler.go(at(number, "extension"))
    answer = await handler.press(at(number, "extension"), count="99", reason=WHY)
    assert answer.status_code == 422
    assert "最多还可延 30" in handler.text
    assert WHY in handler.text
    await handler.press(at(number, "extension"), count="30", reason=WHY)
    assert "已完成：延期申请" in handler.text

    await reviewer.go(at(number, "extension"))
    await reviewer.press(at(number, "extension/grant"), told=WHY)
    assert "已完成：准予延期" in reviewer.text
    found = await row("SELECT extended FROM clock WHERE scheme = 'handling'")
    assert found == {"extended": 30}
    await handler.go(at(number, "extension"))
    assert "没有可以延期的期限" in handler.text
