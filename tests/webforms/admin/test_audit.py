"""审计检索: every step by whom and when, within sight, and nothing of whoever reported. Made up."""

from io import BytesIO

import httpx
from python_calamine import CalamineWorkbook

from hotline.database import rows
from hotline.rules.terms import Role
from tests.support.sitting import CALLER, DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor


async def test_steps_are_found_by_number_person_and_step_and_taken_away(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    report = await arrived()
    number = await order_number(report)
    handler = await seat(another(client), Role.HANDLER, department=DESK)
    await handler.go(f"/desk/orders/{number}")
    await handler.press(f"/desk/orders/{number}/signature")
    admin = await seat(visitor, Role.ADMIN)
    await admin.go("/audit")
    assert handler.login in admin.text

    await admin.press("/audit", number=report)
    assert report in admin.text
    assert number not in admin.text
    assert "反映人" in admin.text or "系统" in admin.text
    await admin.press("/audit", login=handler.login, step="sign", number="")
    assert number in admin.text
    assert report not in admin.text

    await admin.go("/audit")
    sheet = (await admin.press("/audit", **{"as": "xlsx"})).content
    lines = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert {number, report} <= {line[1] for line in lines}
    told = "".join(str(cell) for line in lines for cell in line)
    await admin.go("/audit")
    plain = (await admin.press("/audit", **{"as": "csv"})).text
    for secret in (CALLER.name, CALLER.phone, "砖厂"):
        assert secret not in told + plain

    await admin.go("/audit")
    await admin.press("/audit", number="20990101000000000")
    assert "没有符合条件的记录" in admin.text
    await rows("UPDATE work_order SET jurisdiction = '520000'")
    await admin.press("/audit", number=number, login="", step="")
    assert f">{number}<" not in admin.text
