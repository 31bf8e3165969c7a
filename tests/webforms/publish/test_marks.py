"""脱敏标记: nothing is proposed before each mark is decided, nor public before another agrees."""

import httpx
import pytest

from hotline.rules.terms import Role
from tests.support.sitting import DESK, Sitting, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import PUBLIC, at, closed
from tests.webforms.publish.test_publishing import forms_of

# 虚构
BETRAYING = {
    **PUBLIC,
    "problem": "群众来电13800138000称，住5栋2单元，只有我家反映，晚上22点17分起排烟。",
    "measure": "执法人员6月2日上午9点30分到场，企业已恢复除尘。",
}
HOME, HEADS, MINUTE, PHONE = "5栋2单元", "只有我家", "晚上22点17分", "13800138000"
VISIT = "上午9点30分"


@pytest.fixture
async def handler(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.HANDLER, department=DESK)


@pytest.fixture
async def order(client: httpx.AsyncClient, handler: Sitting) -> str:
    number = await order_number(await arrived())
    reviewer = await seat(another(client), Role.REVIEWER, department=DESK)
    await closed(handler, reviewer, number)
    await handler.go(at(number))
    return number


async def test_each_mark_is_decided_by_one_and_what_is_kept_by_two(
    client: httpx.AsyncClient, handler: Sitting, order: str
) -> None:
    path = at(order, "publication")
    shown = await handler.press(path, **BETRAYING)
    assert shown.status_code == 422
    assert "还有 5 处" in handler.text
    assert [handler.text.count(f"<mark>{one}</mark>") for one in (HOME, HEADS, VISIT)] == [1, 1, 1]

    decided = {f"do-problem-{n}": "replace" for n in (0, 1, 2)} | {"do-problem-3": "keep"}
    shown = await handler.press(path, **decided)  # kept without a reason: not decided
    assert shown.status_code == 422
    assert "还有 2 处" in handler.text
    assert PHONE not in handler.text
    kept = {"do-problem-0": "replace", "do-measure-0": "keep", "why-measure-0": "执法到场时间"}
    assert (await handler.press(path, **kept)).status_code == 303

    publisher = await seat(another(client), Role.PUBLISHER)
    await publisher.go("/publish")
    (approval,) = [form for form in forms_of(publisher) if form.endswith("/approval")]
    assert (await publisher.press(approval)).status_code == 422
    assert "还有保留的标记没有确认" in publisher.text
    await publisher.press(approval, kept="0")
    await publisher.go(approval.replace("/publish/", "/public/cases/").removesuffix("/approval"))
    assert VISIT in publisher.text
    assert [one for one in (HOME, HEADS, MINUTE, PHONE) if one in publisher.text] == []


async def test_a_private_number_is_never_kept(handler: Sitting, order: str) -> None:
    path = at(order, "publication")
    await handler.press(path, **{**PUBLIC, "problem": f"有人留下{PHONE}"})
    keeps = {"do-problem-0": "keep", "why-problem-0": "企业电话"}
    assert (await handler.press(path, **keeps)).status_code == 422
    assert "这类信息不能公开" in handler.text
