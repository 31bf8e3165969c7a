"""核查、回访、复查、归档 through the pages, from one answered report on."""

import httpx

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import another, seat, stage_of
from tests.support.visitor import Visitor
from tests.webforms.citizen.test_progress import answered, decided
from tests.webforms.desk.walk import at

WHY = "对答复不服，现场夜间仍有气味，请求复查"


async def order_and_body(report: str) -> tuple[str, str]:
    """The order's number, and the department above the one that leads it."""
    found = await row(
        "SELECT o.number, o.lead FROM service_request r JOIN membership m ON m.request_id = r.id"
        " JOIN work_order o ON o.id = m.order_id WHERE r.number = $1",
        report,
    )
    assert found
    return found["number"], f"522700.{found['lead'].partition('.')[2]}"


async def test_an_answer_is_checked_asked_about_reviewed_and_in_the_end_filed(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report, code = await decided(visitor)
    await answered(report)
    number, body = await order_and_body(report)
    chief = await seat(another(client), Role.SUPERVISOR, department=body)
    await chief.go(at(number, "check"))
    assert (await chief.press(at(number, "check"))).status_code == 422
    await chief.press(at(number, "check"), outcome="confirmed", note="现场已整改到位")
    assert "已完成：核查" in chief.text

    agent = await seat(another(client), Role.AGENT)
    await rows("UPDATE service_request SET wants_reply = true")
    await agent.go("/follow-ups")
    assert report in agent.text
    await agent.go(f"/follow-ups/{report}")
    assert "第 1 次回访，最多 3 次" in agent.text
    answer = await agent.press(f"/follow-ups/{report}", result="reached")
    assert (answer.status_code, "请选择" in agent.text) == (422, True)
    await agent.press(
        f"/follow-ups/{report}", result="reached", score="2", solved="no", wants_redo="yes"
    )
    assert "已登记评价" in agent.text
    await chief.go("/follow-ups")
    assert number in chief.text

    await visitor.go("/progress")
    await visitor.send("/progress", number=report, code=code)
    await visitor.send("/progress/review", petition=WHY)
    assert visitor.page is not None
    assert "复查" in visitor.page.text
    assert 'action="/progress/review"' not in visitor.page.text
    await chief.go(f"/reviews/{report}")
    assert WHY in chief.text
    await chief.press(f"/reviews/{report}", outcome="upheld", opinion="经复查，予以维持。")
    assert "已完成：复查、复核意见" in chief.text
    await visitor.go("/progress/report")
    assert "经复查，予以维持。" in visitor.page.text
    assert "申请复核" in visitor.page.text

    await chief.go(at(number))
    await chief.press(at(number, "closure"), closing="closed")
    await chief.go("/archive")
    assert number not in chief.text  # a second review may still be asked for
    await rows("UPDATE clock SET due_at = now() - interval '1 day' WHERE stopped_at IS NULL")
    await chief.go("/archive")
    version = await row("SELECT version FROM work_order WHERE number = $1", number)
    assert version
    await chief.press("/archive", orders=f"{number}:{version['version']}")
    assert "已归档 1 件" in chief.text
    await chief.go(at(number))
    assert at(number, "redo") not in chief.text
    await chief.go("/archive")
    await chief.press(f"/archive/{number}/removal", reason="需要补充材料")
    assert await stage_of("work_order", number) == "closed"
    assert "已完成：调卷" in chief.text
