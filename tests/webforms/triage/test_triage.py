"""One thing at a time: accepted, joined, refused, answered or handed on; then the next."""

import httpx

from hotline.database import row, rows
from hotline.rules.terms import Role, Wish
from tests.support.sitting import (
    DESK,
    NOWHERE,
    QUESTION,
    SMOKE,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
    stage_of,
)
from tests.support.visitor import Visitor

WHERE = {"county": "都匀市", "township": "", "kind": "水", "kind2": "", "kind3": ""}


async def at_the_desk(visitor: Visitor, number: str) -> Sitting:
    """A triage officer who has opened one report."""
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go(f"/triage/reports/{number}")
    return officer


def card(number: str, noun: str) -> str:
    return f"/triage/reports/{number}/{noun}"


async def test_a_report_without_a_place_says_so_and_is_accepted_with_one(
    visitor: Visitor,
) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)
    assert "没有看出发生在哪个县" in officer.text

    await officer.press(card(number, "acceptance"), **WHERE)

    assert "上一件已受理" in officer.text
    assert await stage_of("service_request", number) == "accepted"
    assert await order_number(number)


async def test_the_next_thing_loads_by_itself(visitor: Visitor) -> None:
    first, second = await arrived(NOWHERE), await arrived(f"{NOWHERE}大家都很着急。")
    officer = await at_the_desk(visitor, first)

    await officer.press(card(first, "acceptance"), **WHERE)

    assert visitor.path == f"/triage/reports/{second}"
    assert "还有 1 件" in officer.text


async def test_what_is_typed_wrong_stays_and_is_said_at_its_field(visitor: Visitor) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)

    answer = await officer.press(
        card(number, "acceptance"), **{**WHERE, "county": "某县", "kind": "香味"}
    )

    assert answer.status_code == 422
    assert set(visitor.problems) == {"county", "kind"}
    assert 'value="某县"' in officer.text
    assert await stage_of("service_request", number) == "triage"


async def test_a_look_alike_is_laid_beside_with_reasons_and_joined(visitor: Visitor) -> None:
    order = await order_number(await arrived())
    number = await arrived(f"{SMOKE}已经好几天了。")
    officer = await at_the_desk(visitor, number)
    assert order in officer.text
    assert "内容相近" in officer.text

    await officer.press(card(number, "joining"), order=order, relation="new_facts")

    assert await order_number(number) == order
    (bound,) = await rows("SELECT relation FROM membership WHERE relation <> 'first'")
    assert bound["relation"] == "new_facts"


async def test_an_order_that_does_not_exist_cannot_be_joined(visitor: Visitor) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)

    answer = await officer.press(card(number, "joining"), order="QNG20990101000000000")

    assert answer.status_code == 422
    assert "没有找到这个编号" in visitor.problems["order"]


async def test_a_refusal_names_a_reason_of_the_pack_and_where_to_go(visitor: Visitor) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)

    await officer.press(card(number, "refusal"))
    assert visitor.problems == {"reason": "请选择不予受理的理由"}
    await officer.press(card(number, "refusal"), reason="unclear", refer_to="")

    found = await row("SELECT stage, refuse_reason, refer_to FROM service_request")
    assert found is not None
    assert (found["stage"], found["refuse_reason"]) == ("refused", "unclear")
    assert found["refer_to"]


async def test_a_question_is_answered_on_the_spot(visitor: Visitor) -> None:
    number = await arrived(QUESTION, wish=Wish.CONSULT)
    officer = await at_the_desk(visitor, number)

    await officer.press(card(number, "answer"), answer="夜间施工须取得证明并公告附近居民。")

    assert await stage_of("service_request", number) == "answered_on_spot"
    assert "没有需要研判的事项" in officer.text


async def test_a_second_click_does_nothing_and_goes_on(visitor: Visitor) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)
    form = {**visitor.form(card(number, "acceptance")), **WHERE}

    answers = [await officer.client.post(card(number, "acceptance"), data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(await rows("SELECT id FROM work_order")) == 1


async def test_an_order_nobody_was_found_for_is_handed_to_lead_and_assistants(
    visitor: Visitor,
) -> None:
    number = await arrived(NOWHERE)
    officer = await at_the_desk(visitor, number)
    await officer.press(card(number, "acceptance"), **{**WHERE, "kind": "露天焚烧"})
    order = await order_number(number)
    assert await stage_of("work_order", order) == "opened"
    await officer.go(f"/triage/orders/{order}")
    assert "派单目录" in officer.text

    path = f"/triage/orders/{order}/assignment"
    await officer.press(path, lead="", co=[])
    assert "没有找到这个承办单位" in officer.text
    await officer.press(path, lead=DESK, co=["522700.environment"])

    held = await rows("SELECT department, duty FROM held ORDER BY duty DESC")
    assert [(one["department"], one["duty"]) for one in held] == [
        (DESK, "lead"),
        ("522700.environment", "co"),
    ]


async def test_handlers_do_not_triage(client: httpx.AsyncClient, visitor: Visitor) -> None:
    number = await arrived(NOWHERE)
    await at_the_desk(visitor, number)
    handler = await seat(another(client), Role.HANDLER, department=DESK)

    assert (await handler.go(f"/triage/reports/{number}")).status_code == 403
