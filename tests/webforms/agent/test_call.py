"""A call on one screen: kept while typed, registered once, nothing of the caller in an address."""

import re

import httpx

from hotline.database import row, rows
from hotline.rules.report import Story
from hotline.rules.terms import Role, Secrecy
from tests.support.sitting import (
    CALLER,
    SMOKE,
    Sitting,
    another,
    arrived,
    order_number,
    seat,
    stage_of,
)
from tests.support.visitor import Visitor

CALL = {
    "channel": "phone",
    "secrecy": "confidential",
    "wish": "complain",
    "phone": CALLER.phone,
    "name": CALLER.name,
    "kind": "大气",
    "county": "都匀",
    "township": "小围寨",
    "landmark": "砖厂（虚构）旁",
    "text": SMOKE,
}


async def a_call(visitor: Visitor) -> tuple[Sitting, str]:
    """An agent with a fresh call; its address."""
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/agent")
    await visitor.send("/agent/calls")
    return agent, visitor.path


async def test_a_call_is_registered_with_what_was_typed_by_name(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)

    await agent.press(path, **CALL, act="save")

    assert visitor.path == f"{path}/saved"
    found = await row("SELECT * FROM service_request")
    assert found is not None
    assert found["chosen_county"] == "522701"
    assert found["chosen_township"] == "522701008"
    assert found["chosen_kinds"] == ["air"]
    assert (found["channel"], found["secrecy"]) == ("phone", "confidential")


async def test_the_saved_page_reads_out_number_and_code_in_groups(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)
    await agent.press(path, **CALL, act="save")

    number, code = re.findall(r'class="read-out">([^<]+)<', agent.text)

    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", code)
    found = await row("SELECT number FROM service_request")
    assert found is not None
    assert number.replace(" ", "") == found["number"]


async def test_sending_the_same_call_twice_registers_it_once(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)
    form = {**visitor.form(path), **CALL, "act": "save"}

    answers = [await agent.client.post(path, data=form) for _ in range(3)]

    assert {answer.headers["location"] for answer in answers} == {f"{path}/saved"}
    assert len(await rows("SELECT id FROM service_request")) == 1


async def test_what_is_typed_is_kept_and_sealed(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)
    data = {**visitor.form(path), **CALL}

    kept = await agent.client.post(
        f"{path}/draft", data=data, headers={"accept": "application/json"}
    )
    page = (await agent.go(path)).text

    assert kept.json()["sent"] is False
    assert SMOKE in page
    assert CALLER.phone in page
    drafts = await rows("SELECT sealed FROM draft")
    assert not any(CALLER.phone.encode() in one["sealed"] for one in drafts)


async def test_two_calls_at_once_are_two_drafts_on_the_list(visitor: Visitor) -> None:
    agent, first = await a_call(visitor)
    await agent.press(first, f"{first}/draft", **CALL)
    await agent.go("/agent")
    await visitor.send("/agent/calls")
    second = visitor.path
    await agent.press(second, f"{second}/draft", text="另一个来电（虚构）的内容")

    page = (await agent.go("/agent")).text

    assert first in page
    assert second in page
    await agent.go(first)
    await agent.press(first, f"{first}/discard")
    assert first not in (await agent.go("/agent")).text


async def test_a_draft_opens_for_nobody_else(client: httpx.AsyncClient, visitor: Visitor) -> None:
    agent, path = await a_call(visitor)
    await agent.press(path, f"{path}/draft", **CALL)
    other = await seat(another(client), Role.AGENT)

    assert (await other.go(path)).status_code == 404


async def test_a_refused_form_keeps_everything_and_says_what_is_wrong(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)

    answer = await agent.press(
        path, **{**CALL, "county": "没有这个县", "phone": "12", "channel": "12345"}, act="save"
    )

    assert answer.status_code == 422
    assert set(visitor.problems) == {"county", "phone", "foreign_number"}
    assert SMOKE in agent.text
    assert await rows("SELECT id FROM service_request") == []


async def test_an_anonymous_callers_number_is_not_kept(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)

    await agent.press(path, **{**CALL, "secrecy": "anonymous"}, act="save")

    assert await rows("SELECT id FROM vault WHERE contact IS NOT NULL") == []
    assert await rows("SELECT id FROM service_request WHERE sender_index IS NOT NULL") == []


async def test_a_consultation_answered_at_once_is_finished_without_an_order(
    visitor: Visitor,
) -> None:
    agent, path = await a_call(visitor)

    await agent.press(path, **{**CALL, "wish": "consult"}, act="answer",
                      answer="夜间施工须先取得住建部门证明并公告附近居民。")  # fmt: skip

    assert "即时答复" in agent.text
    found = await row("SELECT stage FROM service_request")
    assert found is not None
    assert found["stage"] == "answered_on_spot"
    assert await rows("SELECT id FROM work_order") == []


async def test_an_answer_with_a_number_in_it_is_refused_before_anything_is_stored(
    visitor: Visitor,
) -> None:
    agent, path = await a_call(visitor)

    await agent.press(path, **CALL, act="answer", answer=f"请直接拨打 {CALLER.phone} 联系承办人")

    assert set(visitor.problems) == {"answer"}
    assert await rows("SELECT id FROM service_request") == []


async def test_history_and_look_alikes_come_by_post_and_stand_in_no_address(
    visitor: Visitor,
) -> None:
    earlier = await arrived()
    agent, path = await a_call(visitor)
    data = {**visitor.form(path), **CALL}

    history = await agent.client.post(f"{path}/history", data=data, headers={"x-part": "1"})
    alike = await agent.client.post(f"{path}/look-alikes", data=data, headers={"x-part": "1"})
    whole = await agent.client.post(f"{path}/history", data=data)

    assert earlier in history.text
    assert CALLER.phone not in history.text
    assert await order_number(earlier) in alike.text
    assert earlier in whole.text
    assert "<h1>" in whole.text
    assert SMOKE in whole.text


async def test_a_call_joined_at_once_is_in_the_matter_that_was_picked(visitor: Visitor) -> None:
    order = await order_number(await arrived())
    agent, path = await a_call(visitor)

    await agent.press(path, **CALL, act="save", order=order)

    assert "已并入工单" in agent.text
    assert order in agent.text.replace(" ", "")
    (found,) = await rows("SELECT number FROM service_request WHERE channel = 'phone'")
    assert await order_number(found["number"]) == order
    assert await stage_of("service_request", found["number"]) == "accepted"
    member = await row("SELECT relation FROM membership ORDER BY id DESC LIMIT 1")
    assert member == {"relation": "new_facts"}


async def test_somebody_elses_matter_is_joined_as_the_same(visitor: Visitor) -> None:
    order = await order_number(await arrived())
    agent, path = await a_call(visitor)
    await agent.press(path, **{**CALL, "phone": "13900000022"}, act="save", order=order)
    member = await row("SELECT relation FROM membership ORDER BY id DESC LIMIT 1")
    assert member == {"relation": "same"}


async def test_a_matter_picked_stays_picked_and_can_be_let_go_of(visitor: Visitor) -> None:
    order = await order_number(await arrived())
    agent, path = await a_call(visitor)
    await agent.press(path, f"{path}/look-alikes", **CALL)
    assert f'value="{order}"' in agent.text

    await agent.press(path, f"{path}/look-alikes", **{**CALL, "text": "", "order": order})
    assert visitor.form(path)["order"] == order
    await agent.press(path, **{**CALL, "text": "", "order": order}, act="save")
    assert visitor.form(path)["order"] == order
    await agent.press(path, **{**CALL, "order": ""}, act="save")

    assert "已并入工单" not in agent.text


async def beside(visitor: Visitor, path: str, **typed: str) -> str:
    """The look-alikes for what is typed."""
    data = {**visitor.form(path), **CALL, **typed}
    part = {"x-part": "1"}
    return (await visitor.client.post(f"{path}/look-alikes", data=data, headers=part)).text


async def test_look_alikes_can_be_compared_and_say_whose_they_are(visitor: Visitor) -> None:
    told = Story(text=SMOKE, landmark="砖厂（虚构）北门", source_name="红星砖厂（虚构）")
    await arrived(story=told)
    _, path = await a_call(visitor)

    mine = await beside(visitor, path)
    others = await beside(visitor, path, phone="13900000022")

    assert "砖厂（虚构）北门" in mine
    assert "红星砖厂（虚构）" in mine
    assert "同一反映人" in mine
    assert "同一反映人" not in others


async def test_whose_it_is_does_not_show_across_a_stricter_secrecy_or_a_reward(
    visitor: Visitor,
) -> None:
    await arrived(secrecy=Secrecy.ANONYMOUS)
    _, path = await a_call(visitor)
    hidden = await beside(visitor, path)
    assert "内容相同" in hidden
    assert "同一反映人" not in hidden
    await rows("UPDATE service_request SET secrecy = 'confidential', wants_reward = true")
    assert "同一反映人" not in await beside(visitor, path)


async def test_other_bodies_matters_and_emergencies_are_pointed_out(visitor: Visitor) -> None:
    agent, path = await a_call(visitor)
    token = visitor.form(path)["_token"]

    wages = await agent.client.post(
        f"{path}/look-alikes",
        data={"_token": token, "text": "小区物业乱收费，电梯坏了没有人修"},
        headers={"x-part": "1"},
    )
    alarm = await agent.client.post(
        f"{path}/look-alikes",
        data={"_token": token, "text": "化工厂发生泄漏，有人中毒"},
        headers={"x-part": "1"},
    )

    assert "其他部门" in wages.text
    assert "中毒" in alarm.text
    assert "紧急" in alarm.text


async def test_a_real_name_caller_is_told_nothing_of_what_came_in_confidence(
    visitor: Visitor,
) -> None:
    earlier = await arrived()
    agent, path = await a_call(visitor)
    data = {**visitor.form(path), **CALL, "phone": CALLER.phone}

    async def shown(secrecy: str) -> str:
        asked = {**data, "secrecy": secrecy}
        part = {"x-part": "1"}
        return (await agent.client.post(f"{path}/history", data=asked, headers=part)).text

    assert earlier in await shown("confidential")
    assert earlier not in await shown("real_name")
    assert earlier not in await shown("made up")
