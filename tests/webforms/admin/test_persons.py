"""个人信息: found by the number, erased with a reason; the page says what stays and why."""

from hotline.rules.terms import Role
from tests.support.sitting import CALLER, SMOKE, arrived, seat
from tests.support.visitor import Visitor


async def test_a_person_is_found_and_what_is_in_work_stays(visitor: Visitor) -> None:
    admin = await seat(visitor, Role.ADMIN)
    number = await arrived(SMOKE)
    await admin.go("/persons")
    assert "现行规则没有规定保存期限" in admin.text
    assert (await admin.press("/persons/search", phone="不是号码")).status_code == 422
    answer = await admin.press("/persons/search", phone=CALLER.phone)
    assert number in admin.text
    assert "正在办理，办结后才能删除" in admin.text
    assert 'action="/persons/erasure"' not in admin.text
    assert SMOKE not in admin.text
    assert answer.headers["cache-control"] == "no-store"
