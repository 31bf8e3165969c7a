"""与反映人沟通: both ways, several turns, by number and code, nobody's number shown（虚构）."""

import httpx
import pytest

from hotline.records import Message, ServiceRequest, Turn
from hotline.rules.terms import Role
from hotline.steps.decide import decide
from tests.steps.builders import NOW
from tests.support.sitting import DESK, Sitting, another, order_number, seat
from tests.support.visitor import Visitor
from tests.webforms.citizen.telling import sent
from tests.webforms.desk.walk import at, signed

QUESTION = "请问气味一般在夜里几点最重？"
ANSWER = "一般在十一点以后，我的电话13800138000，你们不要打。"
THANKS = "谢谢，今晚派人去看。"


@pytest.fixture
async def handler(client: httpx.AsyncClient) -> Sitting:
    return await seat(another(client), Role.HANDLER, department=DESK)


async def test_an_anonymous_reporter_and_a_handler_talk(
    visitor: Visitor, handler: Sitting, client: httpx.AsyncClient
) -> None:
    number, code = await sent(visitor, secrecy="anonymous")
    request = await ServiceRequest.get(number=number)
    await decide(request.tenant_id, request.id, NOW)
    order = await order_number(number)
    await signed(handler, order)
    await handler.go(at(order))
    assert "只有凭编号和查询码查看时才能读到" in handler.text
    await handler.press(at(order, "messages"), message=QUESTION)

    await visitor.go("/progress")
    await visitor.send("/progress", number=number, code=code)
    assert QUESTION in page_of(visitor)
    await visitor.send("/progress/messages", message=ANSWER)
    await handler.go(at(order))
    assert "一般在十一点以后" in handler.text
    assert "13800138000" not in handler.text  # masked for the desk
    await handler.press(at(order, "messages"), message=THANKS)
    await visitor.go("/progress/report")
    assert [one in page_of(visitor) for one in (QUESTION, THANKS)] == [True, True]
    assert handler.login not in page_of(visitor)
    assert await Message.filter(template="order.spoken").count() == 1
    assert await Turn.all().count() == 3
    stranger = await another(client).client.post("/progress/messages", data={"message": "x"})
    assert stranger.status_code in (303, 403)


def page_of(visitor: Visitor) -> str:
    assert visitor.page is not None
    return visitor.page.text
