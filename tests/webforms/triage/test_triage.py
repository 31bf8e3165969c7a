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

ELSEWHERE = "都匀市平浪镇某洗砂场（虚构）把泥浆排进小河，河水浑浊发黄。"
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


async def test_a_card_says_who_would_get_it_and_why(visitor: Visitor) -> None:
    await order_number(await arrived())
    number = await arrived(f"{SMOKE}已经好几天了。")
    officer = await at_the_desk(visitor, number)
    assert "黔南州生态环境局都匀分局" in officer.text
    assert "大气污染防治法 a5" in officer.text


async def test_what_two_texts_say_alike_is_marked(visitor: Visitor) -> None:
    await arrived()
    number = await arrived(f"{SMOKE}已经好几天了。")
    officer = await at_the_desk(visitor, number)
    assert officer.text.count("<mark>") >= 2


async def test_a_repeat_is_compared_first_and_then_joined(visitor: Visitor) -> None:
    order = await order_number(await arrived())
    number = await arrived(f"{SMOKE}已经好几天了。")
    officer = await at_the_desk(visitor, number)
    assert card(number, "joining") in officer.text  # the other order, by its number

    await officer.go(f"/triage/reports/{number}?with={order}&join=1")
    assert "不是同一事项" in officer.text
    assert card(number, "acceptance") not in officer.text
    await officer.press(card(number, "joining"))

    assert await order_number(number) == order


async def test_a_matter_on_a_border_is_accepted_with_both_places(visitor: Visitor) -> None:
    number = await arrived("都匀市和福泉市交界的地方有个砖厂（虚构）冒黑烟，两边都闻到。")
    officer = await at_the_desk(visitor, number)
    form = visitor.form(card(number, "acceptance"))
    assert {form["county"], form["also"]} == {"都匀市", "福泉市"}

    await officer.press(card(number, "acceptance"))

    held = await rows("SELECT department, duty FROM held ORDER BY duty DESC, department")
    assert [one["department"] for one in held if one["duty"] == "lead"] == ["522701.environment"]
    assert "522702.environment" in {one["department"] for one in held if one["duty"] == "co"}


async def test_the_reports_that_all_suggest_one_order_are_joined_together(
    visitor: Visitor,
) -> None:
    order = await order_number(await arrived())
    numbers = [await arrived(f"{SMOKE}已经{n}天了，没有人管。") for n in "三四五"]
    assert {await stage_of("service_request", one) for one in numbers} == {"triage"}
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go("/triage")
    assert "3 件来件都最像同一工单" in officer.text
    await officer.go(f"/triage/hot/{order}")
    form = {**visitor.form(f"/triage/hot/{order}/joining")}
    await rows("UPDATE service_request SET version = version + 1 WHERE number = $1", numbers[1])
    versions = await rows("SELECT number, version FROM service_request WHERE stage = 'triage'")
    seen = {one["number"]: one["version"] for one in versions}
    seen[numbers[1]] -= 1
    form["reports"] = [f"{one}:{seen[one]}" for one in numbers]

    answer = await officer.client.post(f"/triage/hot/{order}/joining", data=form)

    assert "已并入 2 件" in answer.text
    assert "1 件期间已变化" in answer.text
    assert [await order_number(one) for one in numbers] == [order, "", order]


async def test_what_is_no_part_of_the_hot_matter_becomes_one_order_of_its_own(
    visitor: Visitor,
) -> None:
    order = await order_number(await arrived())
    numbers = [await arrived(f"{SMOKE}已经{n}天了，没有人管。") for n in "三四五"]
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go(f"/triage/hot/{order}")
    form = {**visitor.form(f"/triage/hot/{order}/joining")}
    versions = await rows("SELECT number, version FROM service_request WHERE stage = 'triage'")
    form["reports"] = [f"{one['number']}:{one['version']}" for one in versions]

    answer = await officer.client.post(f"/triage/hot/{order}/acceptance", data=form)

    assert "已为勾选的 3 件另立一件工单" in answer.text
    (opened,) = {await order_number(one) for one in numbers}
    assert opened not in {"", order}


async def test_what_waits_for_an_order_waits_for_the_one_it_was_merged_into(
    visitor: Visitor,
) -> None:
    order, into = await order_number(await arrived()), await order_number(await arrived(ELSEWHERE))
    numbers = [await arrived(f"{SMOKE}已经{n}天了，没有人管。") for n in "三四五"]
    await rows("UPDATE service_request SET triage_cause = 'alike.hot' WHERE stage = 'triage'")
    officer = await seat(visitor, Role.TRIAGE)
    await officer.go(f"/desk/orders/{order}/comparison?into={into}")
    await officer.press(f"/desk/orders/{order}/merge", reason="查明是同一座砖厂")

    await officer.go("/triage")

    assert "短时间内同一地点、同一类型集中反映" in officer.text
    assert f'href="/triage/hot/{into}"' in officer.text
    shown = await officer.go(f"/triage/hot/{into}")
    assert [number in shown.text for number in numbers] == [True] * 3


async def test_the_list_says_how_long_things_wait(visitor: Visitor) -> None:
    await arrived(NOWHERE)
    officer = await seat(visitor, Role.SUPERVISOR)
    await officer.go("/triage")
    assert "一天内 1" in officer.text


async def test_whom_it_is_about_cannot_be_given_it_by_hand(visitor: Visitor) -> None:
    number = await arrived("都匀市小围寨街道，都匀市水务局的泵站不作为，露天焚烧垃圾，冒黑烟。")
    officer = await at_the_desk(visitor, number)
    await officer.press(card(number, "acceptance"), **{**WHERE, "kind": "露天焚烧"})
    order = await order_number(number)
    await officer.go(f"/triage/orders/{order}")
    path = f"/triage/orders/{order}/assignment"
    answer = await officer.press(path, lead="522701.water", co=[])
    assert answer.status_code == 422
    assert "反映的就是" in officer.text
