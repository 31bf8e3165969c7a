"""监督员证: a reporter shows a card afterwards; the desk sees the role, nobody the number."""

import httpx

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import another, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.test_progress import answered, decided
from tests.webforms.desk.walk import at

NUMBER = "QN-2026-0001"


async def test_a_card_that_was_good_that_day_proves_the_role_and_is_not_kept(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report, code = await decided(visitor)
    admin = await seat(another(client), Role.ADMIN)
    await admin.go("/cards")
    assert (await admin.press("/cards", number=NUMBER)).status_code == 422
    await admin.press("/cards", kind="monitor", number=NUMBER, first="2026-01-01")
    assert NUMBER in admin.text

    await visitor.go("/progress")
    await visitor.send("/progress", number=report, code=code)
    await visitor.send("/progress/card", card="QN-2026-0002")
    assert visitor.page is not None
    assert "没有这个证号" in visitor.page.text
    await visitor.send("/progress/card", card=NUMBER.lower())
    assert "身份：生态环境监督员" in visitor.page.text
    held = await rows(
        "SELECT detail::text AS said FROM event_detail WHERE detail::text LIKE $1", f"%{NUMBER}%"
    )
    assert held == []

    await answered(report)
    number = await row("SELECT number FROM work_order")
    assert number
    chief = await seat(another(client), Role.SUPERVISOR)
    await chief.go(at(number["number"]))
    assert "生态环境监督员" in chief.text
    await admin.go("/cards")
    await admin.press(f"/cards/{NUMBER}/removal")
    assert "已注销" in admin.text
