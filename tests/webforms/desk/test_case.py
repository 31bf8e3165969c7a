"""The case page, from 签收 to 办结: allowed acts alone, nothing typed is lost, twice is once."""

import httpx
import pytest

from hotline.database import row, rows
from hotline.rules.terms import Role
from tests.support.sitting import (
    CALLER,
    DESK,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
    stage_of,
)
from tests.support.visitor import Visitor
from tests.webforms.desk.walk import HANDLED, TEXTS, answered, at, closed, signed, submitted


@pytest.fixture
async def handler(visitor: Visitor) -> Sitting:
    return await seat(visitor, Role.HANDLER, department=DESK)


@pytest.fixture
async def reviewer(client: httpx.AsyncClient) -> Sitting:
    return await seat(another(client), Role.REVIEWER, department=DESK)


@pytest.fixture
async def order(handler: Sitting) -> str:
    """An order with its department, and nothing done yet."""
    del handler
    return await order_number(await arrived())


async def test_an_order_is_closed_in_six_acts_besides_the_text(
    handler: Sitting, reviewer: Sitting, order: str
) -> None:
    await closed(handler, reviewer, order)

    assert "已完成：办结" in reviewer.text
    assert await stage_of("work_order", order) == "closed"


async def test_before_signing_the_texts_cannot_be_written(handler: Sitting, order: str) -> None:
    await handler.go(at(order))

    assert at(order, "signature") in handler.text
    assert "<textarea" not in handler.text.partition("办理结果")[2]


async def test_each_text_says_who_will_read_it(handler: Sitting, order: str) -> None:
    await signed(handler, order)

    for words in ("读者：上级或来文单位", "读者：系统内部", "读者：反映人"):
        assert words in handler.text


async def test_personal_data_of_the_reporter_is_not_on_the_page(
    handler: Sitting, order: str
) -> None:
    await handler.go(at(order))

    assert CALLER.phone not in handler.text
    assert CALLER.name not in handler.text


async def test_without_a_conclusion_it_is_not_submitted_and_the_texts_stay(
    handler: Sitting, order: str
) -> None:
    await signed(handler, order)

    answer = await handler.press(
        at(order, "texts"), at(order, "submission"), **{**HANDLED, "finding": ""}
    )

    assert answer.status_code == 422
    assert "还没有认定查实结论" in handler.text
    assert TEXTS["reply"] in handler.text
    assert await stage_of("work_order", order) == "signed"


async def test_a_template_with_blanks_left_is_not_submitted(handler: Sitting, order: str) -> None:
    await signed(handler, order)

    answer = await handler.press(
        at(order, "texts"), at(order, "submission"), **{**HANDLED, "reply": "经查：【】"}
    )

    assert answer.status_code == 422
    assert "模板中的【】还没有填写完" in handler.text


async def test_a_stale_page_shows_both_versions_and_keeps_what_was_typed(
    client: httpx.AsyncClient, handler: Sitting, order: str
) -> None:
    await signed(handler, order)
    colleague = await seat(another(client), Role.HANDLER, department=DESK)
    await colleague.go(at(order))
    await colleague.press(at(order, "texts"), reply="同事先写好的答复。")

    answer = await handler.press(at(order, "texts"), **HANDLED)

    assert answer.status_code == 409
    assert "已被他人更新" in handler.text
    assert "同事先写好的答复。" in handler.text
    assert TEXTS["reply"] in handler.text
    written = await rows("SELECT text FROM order_text")
    assert [one["text"] for one in written] == ["同事先写好的答复。"]


async def test_an_act_sent_twice_is_done_once(handler: Sitting, order: str) -> None:
    await handler.go(at(order))
    form = handler.visitor.form(at(order, "signature"))

    answers = [await handler.client.post(at(order, "signature"), data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    steps = await rows("SELECT id FROM event WHERE step = 'sign'")
    assert len(steps) == 1


async def test_a_save_of_the_conclusion_alone_sent_twice_is_done_once(
    handler: Sitting, order: str
) -> None:
    await signed(handler, order)
    form = {**handler.visitor.form(at(order, "texts")), "finding": "partly"}

    answers = [await handler.client.post(at(order, "texts"), data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(await rows("SELECT id FROM event WHERE step = 'find'")) == 1


async def test_a_reviewer_sends_back_with_a_reason_the_handler_reads(
    handler: Sitting, reviewer: Sitting, order: str
) -> None:
    await submitted(handler, order)
    await reviewer.go(at(order))

    await reviewer.press(at(order, "return"), reason="请补充监测数据和处罚依据")
    await handler.go(at(order))

    assert "请补充监测数据和处罚依据" in handler.text
    assert at(order, "submission") in handler.text


async def test_a_reviewer_does_not_see_the_handlers_forms_nor_the_other_way(
    handler: Sitting, reviewer: Sitting, order: str
) -> None:
    await submitted(handler, order)

    assert at(order, "approval") not in handler.text
    answer = await handler.client.post(
        at(order, "approval"), data={"_token": handler.visitor.form("/sign-out")["_token"]}
    )
    assert answer.status_code == 403
    await reviewer.go(at(order))
    assert at(order, "texts") not in reviewer.text


async def test_an_objection_goes_to_the_supervisor_who_hands_it_on(
    client: httpx.AsyncClient, handler: Sitting, order: str
) -> None:
    await handler.go(at(order))
    await handler.press(at(order, "objection"), reason="该厂属于城管部门负责的露天烧烤", propose="")
    supervisor = await seat(another(client), Role.SUPERVISOR)
    await supervisor.go(at(order))
    assert "该厂属于城管部门负责" in supervisor.text

    await supervisor.press(at(order, "ruling"), ruling="reassign", reason="异议成立，改由城管办理",
                           lead="522701.urban_management")  # fmt: skip

    found = await row("SELECT stage, lead, ruled FROM work_order")
    assert found == {"stage": "dispatched", "lead": "522701.urban_management", "ruled": True}


async def test_closing_asks_which_of_the_two_and_never_mixes_them(
    handler: Sitting, reviewer: Sitting, order: str
) -> None:
    await answered(handler, reviewer, order)

    await reviewer.press(at(order, "closure"))
    assert "请选择办结方式" in reviewer.text
    await reviewer.press(at(order, "closure"), closing="closed_interim")
    assert "理由" in reviewer.text  # what is still to be done is said
    await reviewer.press(at(order, "closure"), closing="closed_interim", left="尚待设备安装完成")

    assert await stage_of("work_order", order) == "closed_interim"
    assert "阶段性办结" in reviewer.text


async def test_a_closed_order_is_taken_up_again_with_a_reason(
    handler: Sitting, reviewer: Sitting, order: str
) -> None:
    await closed(handler, reviewer, order)

    await reviewer.press(at(order, "redo"), reason="")
    assert "请写明理由" in reviewer.text
    await reviewer.press(at(order, "redo"), reason="回访不满意，现场仍有冒烟")

    assert await stage_of("work_order", order) == "signed"


async def test_identity_is_shown_once_with_a_reason_and_logged(
    handler: Sitting, order: str
) -> None:
    await handler.go(at(order))
    report = handler.visitor.form(at(order, "identity"))["report"]

    await handler.press(at(order, "identity"), report=report, why="")
    assert CALLER.phone not in handler.text
    shown = await handler.press(
        at(order, "identity"), report=report, why="需要核实夜间排放的具体时间"
    )

    assert CALLER.phone in shown.text
    assert shown.headers["cache-control"] == "no-store"
    page = await handler.go(at(order))
    assert CALLER.phone not in page.text
    assert "需要核实夜间排放的具体时间" in page.text


async def test_a_term_tells_why_it_ends_on_its_day(handler: Sitting, order: str) -> None:
    await handler.go(at(order, "terms/handling"))

    assert "为什么是这一天" in handler.text
    assert "起始日，不计入" in handler.text
    assert handler.text.count("自然日") == 60


async def test_a_term_an_order_never_had_is_not_found(handler: Sitting, order: str) -> None:
    answer = await handler.go(at(order, "terms/other"))
    assert answer.status_code == 404
