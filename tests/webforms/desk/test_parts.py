"""协办分工 and 补充询问 through the pages."""

import httpx

from hotline.database import rows
from hotline.rules.terms import Role
from tests.support.sitting import DESK, another, arrived, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import HANDLED, at, signed

WATER = "522701.water"


async def test_a_part_is_given_done_and_only_then_the_order_submitted(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    number = await order_number(await arrived())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    water = await seat(another(client), Role.HANDLER, department=WATER)
    await rows(
        "INSERT INTO held (id, tenant_id, order_id, department, duty, from_at)"
        " SELECT gen_random_uuid(), tenant_id, id, $1, 'co', now() FROM work_order",
        WATER,
    )
    await signed(handler, number)
    await handler.go(at(number, "parts"))
    await handler.press(at(number, "parts"), department=WATER, task="请核查排水去向", days="3")
    assert "已完成：协办分工" in handler.text
    answer = await handler.press(at(number, "texts"), at(number, "submission"), **HANDLED)
    assert answer.status_code == 422
    assert "还有 1 项协办没有办结" in handler.text

    await water.go(at(number, "parts"))
    assert at(number, "parts/waiver") not in water.text
    await water.press(at(number, "parts/result"), result="已核查，未见排水")
    assert "已完成：协办办结" in water.text
    await handler.go(at(number))
    await handler.press(at(number, "texts"), at(number, "submission"), **HANDLED)
    assert "已完成：提交审核" in handler.text


async def test_without_a_rule_no_term_stands_still_for_a_question(visitor: Visitor) -> None:
    number = await order_number(await arrived())
    handler = await seat(visitor, Role.HANDLER, department=DESK)
    await signed(handler, number)
    await handler.go(at(number, "asking"))
    assert "本地规定没有允许中止计时的期限" in handler.text
    assert 'name="question"' not in handler.text
