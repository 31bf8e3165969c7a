"""转送 through the pages: passed on, confirmed, read by the reporter, taken back."""

import httpx

from hotline.rules.terms import Role
from tests.support.sitting import NOWHERE, another, arrived, order_number, seat, stage_of
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import at

OUT = {
    "name": "某铁路监管单位（虚构）",
    "contact": "拨打 00000（虚构）",
    "reason": "属于铁路噪声，由该单位负责",
}


async def test_an_order_goes_outside_is_confirmed_and_comes_back(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report = await arrived()
    number = await order_number(report)
    desk = await seat(visitor, Role.TRIAGE)
    await desk.go(at(number))
    assert at(number, "forwarding") in desk.text
    await desk.go(at(number, "forwarding"))
    answer = await desk.press(at(number, "forwarding"), name="某局")
    assert (answer.status_code, "反映人怎样找到它" in desk.text) == (422, True)
    answer = await desk.press(at(number, "forwarding"), **OUT | {"name": "某" * 121})
    assert (answer.status_code, "121" in desk.text) == (422, True)  # never sent on cut short
    await desk.press(at(number, "forwarding"), **OUT)
    assert "已完成：转送" in desk.text
    await desk.go("/forwarded")
    await desk.press(f"/forwarded/{number}/confirmation", their_number="T-2026-1")
    assert "T-2026-1" in desk.text
    await desk.press(f"/forwarded/{number}/return", reason="该单位答复不属于其职责")
    assert "已完成：转送退回" in desk.text
    assert await stage_of("work_order", number) == "opened"


async def test_a_report_is_passed_on_from_the_triage_desk(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report = await arrived(NOWHERE)
    desk = await seat(another(client), Role.TRIAGE)
    base = f"/triage/reports/{report}"
    await desk.go(base)
    await desk.press(
        f"{base}/forwarding", body="公安机关｜拨打 110，或到所在地派出所", reason="由公安机关处理"
    )
    assert "反映人会收到去向和理由" in desk.text
    assert await stage_of("service_request", report) == "forwarded"
    await desk.go("/forwarded")
    assert "公安机关（拨打 110，或到所在地派出所）" in desk.text
