"""更正 on its page: what is wrong is said at its field, and the order goes where it belongs."""

from hotline.database import row
from hotline.rules.terms import Role
from tests.support.sitting import arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import at

FUQUAN = {"county": "福泉市", "township": "", "also": "", "kind": "大气 · 烟粉尘"}


async def test_a_wrong_place_is_put_right_and_the_order_goes_there(visitor: Visitor) -> None:
    number = await order_number(await arrived())
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go(at(number))
    assert "为什么给这个部门" in officer.text
    await officer.go(at(number, "correction"))

    await officer.press(at(number, "correction"), **FUQUAN, remark="来电人更正了地点")

    assert "更正前" in officer.text
    assert "黔南州生态环境局福泉分局" in officer.text
    found = await row("SELECT county, lead FROM work_order")
    assert found == {"county": "522702", "lead": "522702.environment"}


async def test_what_is_unknown_or_unchanged_is_said_and_changes_nothing(visitor: Visitor) -> None:
    number = await order_number(await arrived())
    officer = await seat(visitor, Role.SUPERVISOR)
    await officer.go(at(number, "correction"))

    same = await officer.press(at(number, "correction"))
    assert same.status_code == 422
    assert "没有需要更正的内容" in officer.text
    typed = {**FUQUAN, "also": "某县、都匀市", "kind": "", "kind2": ""}
    wrong = await officer.press(at(number, "correction"), **typed)

    assert wrong.status_code == 422
    assert set(visitor.problems) == {"also", "kind"}
    assert 'value="某县、都匀市"' in officer.text


async def test_a_page_that_is_behind_is_told_so(visitor: Visitor) -> None:
    number = await order_number(await arrived())
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go(at(number, "correction"))
    form = {**visitor.form(at(number, "correction")), **FUQUAN}
    path = at(number, "correction")

    answers = [await officer.client.post(path, data={**form}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
