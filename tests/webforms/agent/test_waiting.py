"""漏接回拨 and 语音信箱: nobody who rang is forgotten, and one agent has each in hand."""

import re

import httpx
import pytest

from hotline.database import row, rows
from hotline.lookups.history_check import check_history
from hotline.rules.terms import Role
from tests.support.phone import CALLER, SEAT, PhoneSystem, phone_system, sound
from tests.support.sitting import Sitting, another, seat
from tests.support.visitor import Visitor
from tests.webforms.agent.test_ringing import CALL, an_agent

LIST = "/agent/call-backs"


@pytest.fixture
async def line(client: httpx.AsyncClient) -> PhoneSystem:
    return await phone_system(client)


async def state() -> object:
    found = await row("SELECT state, missed, tries FROM call_back ORDER BY id DESC")
    return tuple(found.values()) if found else None


async def take(agent: Sitting, where: str = LIST) -> str:
    """The first of the list."""
    await agent.go(where)
    path = re.findall(rf'action="({where}/[^"]+)"', agent.text)[0]
    await agent.press(path)
    return path


async def test_a_missed_caller_is_called_back_and_the_call_registered(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("offered", "c-1", ago=60)
    await line.tell("missed", "c-1", ago=30)

    listed = (await agent.go(LIST)).text
    path = await take(agent)
    number = agent.text
    await agent.press(f"{path}/attempts", result="reached")

    assert CALLER not in listed
    assert CALLER in number
    assert agent.visitor.form(agent.visitor.path)["phone"] == CALLER
    assert await state() == ("done", 1, 1)


async def test_after_three_tries_it_is_recorded_as_not_reached(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("missed", "c-1", ago=30)
    for result in ("no_answer", "busy", "no_answer"):
        path = await take(agent)
        await agent.press(f"{path}/attempts", result=result, note="晚上再打")
    assert await state() == ("unreachable", 1, 3)
    assert "没有待回拨" in (await agent.go(LIST)).text
    notes = await rows("SELECT note FROM call_back_try")
    assert not any("晚上再打".encode() in one["note"] for one in notes)
    assert (await check_history()).is_whole


async def test_one_caller_is_on_the_list_once_and_drops_off_by_getting_through(
    client: httpx.AsyncClient, line: PhoneSystem
) -> None:
    for call in ("c-1", "c-2"):
        await line.tell("offered", call, ago=90)
        await line.tell("ended", call, ago=60)  # rang out: nobody had answered
    assert await state() == ("open", 2, 0)
    await line.tell("answered", "c-3", ago=10)
    assert await state() == ("came_again", 2, 0)


async def test_a_miss_told_after_the_answer_calls_nobody_back(
    client: httpx.AsyncClient, line: PhoneSystem
) -> None:
    """A group rings: one seat misses it, another answers; and told in the other order."""
    await line.tell("answered", "c-1", extension="8002", ago=10)
    await line.tell("missed", "c-1", extension="8001", ago=12)
    assert await state() is None
    await line.tell("missed", "c-2", extension="8001", ago=8, caller="13900000022")
    await line.tell("answered", "c-2", extension="8002", ago=6, caller="13900000022")
    assert await state() == ("withdrawn", 1, 0)


async def test_what_one_agent_has_in_hand_no_other_takes_or_reads(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    agent, other = await an_agent(visitor), await an_agent(another(client), "8002")
    await line.tell("missed", "c-1", ago=30)
    path = await take(agent)
    await other.go(LIST)
    token = {"_token": other.visitor.form("/sign-out")["_token"]}

    assert CALLER not in other.text
    assert (await other.client.get(path)).status_code == 404
    assert (await other.client.post(path, data=token)).status_code == 422
    answer = await other.client.post(f"{path}/attempts", data={**token, "result": "wrong"})
    assert answer.status_code == 404
    await rows("UPDATE call_back SET taken_at = taken_at - interval '31 minutes'")
    assert (await other.client.post(path, data=token)).status_code == 303


async def test_a_message_is_heard_written_down_and_becomes_a_report(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("missed", "c-1", ago=50)
    await line.tell("voicemail", "c-1", ago=40, recording=sound())
    assert await state() == ("withdrawn", 1, 0)

    await take(agent, "/agent/mailbox")
    path = agent.visitor.path
    assert "<audio" in agent.text
    await agent.press(path, **CALL, act="save")

    found = await row("SELECT settled_as, request_id FROM phone_call")
    assert found is not None
    assert found["settled_as"] == "report"
    assert found["request_id"] is not None
    assert "没有未处理的留言" in (await agent.go("/agent/mailbox")).text


async def test_an_empty_message_is_settled_by_putting_it_aside(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("voicemail", "c-1", recording=sound())
    await take(agent, "/agent/mailbox")
    path = agent.visitor.path
    await agent.press(path, f"{path}/discard")
    assert await row("SELECT settled_as FROM phone_call") == {"settled_as": "nothing"}


async def test_another_jurisdictions_agent_sees_none_of_it(
    client: httpx.AsyncClient, visitor: Visitor
) -> None:
    line = await phone_system(client, "520000")
    await line.tell("missed", "c-1", ago=30)
    await line.tell("voicemail", "c-2", ago=30, caller="13900000022")
    agent = await seat(visitor, Role.AGENT)
    assert SEAT not in (await agent.go("/agent")).text
    assert "没有待回拨" in (await agent.go(LIST)).text
    assert "没有未处理的留言" in (await agent.go("/agent/mailbox")).text
