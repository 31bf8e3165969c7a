"""个人信息: found by the number, erased with a reason; the page says what stays and why."""

from hotline.database import rows
from hotline.rules.terms import Role
from tests.support.sitting import CALLER, SMOKE, arrived, seat
from tests.support.visitor import Visitor

WHY = "本人到窗口申请删除（虚构）"


async def test_a_person_is_found_and_what_is_in_work_stays(visitor: Visitor) -> None:
    admin = await seat(visitor, Role.ADMIN)
    number = await arrived(SMOKE)
    await admin.go("/persons")
    assert "现行规则没有规定保存期限" in admin.text
    assert (await admin.press("/persons/search", phone="不是号码")).status_code == 422
    for act in ("search", "erasure"):
        data = {**admin.visitor.form("/persons/search"), "phone": CALLER.phone}
        unsaid = await admin.client.post(f"/persons/{act}", data=data)
        assert unsaid.status_code == 422
        assert number not in unsaid.text
    answer = await admin.press("/persons/search", phone=CALLER.phone, reason=WHY)
    assert number in admin.text
    assert "正在办理，办结后才能删除" in admin.text
    assert 'action="/persons/erasure"' not in admin.text
    assert SMOKE not in admin.text
    assert answer.headers["cache-control"] == "no-store"
    left = await admin.client.post("/persons/erasure", data={**data, "reason": WHY})
    assert number in left.text
    looks = await rows(
        "SELECT e.actor_id = e.aggregate_id::text AS own, d.detail::text AS told"
        " FROM event e JOIN event_detail d USING (tenant_id, id) WHERE e.step = 'find_person'"
    )
    assert [one["own"] for one in looks] == [True, True]
    assert all(WHY in one["told"] and CALLER.phone not in one["told"] for one in looks)
