"""The phone system's events at the signed door, and the call that pops up on an agent's screen."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from hotline.database import row, rows
from hotline.rules.actor import Actor
from hotline.rules.terms import ActorKind, Role
from hotline.steps.decide import decide
from hotline.steps.erase import erase
from hotline.steps.forget_calls import KEPT, forget_old_calls
from hotline.steps.transition import Target
from tests.support.phone import CALLER, LINE, SEAT, PhoneSystem, phone_system, sound
from tests.support.sitting import SMOKE, Sitting, another, order_number, seat
from tests.support.visitor import Visitor


@pytest.fixture
async def line(client: httpx.AsyncClient) -> PhoneSystem:
    return await phone_system(client)


DOCUMENT = Path(__file__).parents[3] / "docs" / "phone.md"
CALL = {
    "channel": "phone",
    "secrecy": "confidential",
    "wish": "complain",
    "county": "都匀",
    "text": SMOKE,
}


async def an_agent(visitor: Visitor, extension: str = SEAT) -> Sitting:
    """Seated at an extension."""
    agent = await seat(visitor, Role.AGENT)
    await agent.go("/agent")
    await agent.press("/agent/seat", line=LINE, extension=extension)
    return agent


async def rings(agent: Sitting) -> str:
    """What the open page is told."""
    return (await agent.client.get("/agent/ringing")).text


async def call() -> dict[str, object]:
    found = await row("SELECT * FROM phone_call")
    assert found is not None
    return found


async def take(agent: Sitting) -> str:
    """The first call that rings; the address of its draft."""
    await agent.go("/agent")
    path = re.findall(r'action="(/agent/ringing/[^"]+)"', agent.text)[0]
    await agent.press(path)
    return agent.visitor.path


async def test_a_call_offered_at_my_seat_opens_with_the_number_filled_in(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    assert (await line.tell("offered", "c-1", extension=SEAT)).json() == {"status": "taken"}

    part = await rings(agent)
    path = await take(agent)

    assert "data-mine" in part
    assert "尾号 21" in part
    assert CALLER not in part
    assert agent.visitor.form(path)["phone"] == CALLER
    assert "data-mine" not in await rings(agent)  # taken: it pops once


async def test_the_poll_is_answered_by_not_modified_while_nothing_rings(
    visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    mark = (await agent.client.get("/agent/ringing")).headers["etag"]
    asked = {"if-none-match": mark}
    assert (await agent.client.get("/agent/ringing", headers=asked)).status_code == 304
    await line.tell("offered", "c-1", extension=SEAT)
    assert (await agent.client.get("/agent/ringing", headers=asked)).status_code == 200


async def test_a_call_at_no_seat_is_for_the_first_who_is_free(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    free, busy = await an_agent(visitor), await an_agent(another(client), "8002")
    away = await seat(another(client), Role.AGENT)
    await line.tell("answered", "c-1", extension="8002", caller="13900000022")
    await line.tell("offered", "c-2", extension="8999")

    assert "等待接听" in await rings(free)
    assert "等待接听" not in await rings(busy)
    assert "等待接听" not in await rings(away)
    path = re.findall(r'action="(/agent/ringing/[^"]+)"', (await free.go("/agent")).text)[0]
    await free.press(path)
    await away.go("/agent")
    late = await away.client.post(path, data={"_token": away.visitor.form("/sign-out")["_token"]})
    assert late.status_code == 422


async def test_the_report_of_a_call_keeps_the_call_and_a_recording_that_comes_later(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("offered", "c-1", extension=SEAT)
    path = await take(agent)
    await agent.press(path, **CALL, act="save")
    await line.tell("ended", "c-1")
    told = await line.tell("recording", "c-1", recording=sound())

    assert told.json() == {"status": "taken"}
    request = await row("SELECT id FROM service_request")
    assert request is not None
    assert (await call())["request_id"] == request["id"]
    kept = await row("SELECT draft_id, request_id FROM attachment")
    assert kept == {"draft_id": (await call())["id"], "request_id": None}


async def test_a_recording_of_a_report_is_heard_after_seeing_the_identity_and_goes_with_it(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("offered", "c-1", extension=SEAT)
    path = await take(agent)
    await agent.press(path, **CALL, act="save")
    await line.tell("recording", "c-1", recording=sound())
    request = await row("SELECT tenant_id, id, number FROM service_request")
    assert request is not None
    await decide(request["tenant_id"], request["id"], datetime.now(UTC))
    order, number = await order_number(request["number"]), request["number"]
    supervisor = await seat(another(client), Role.SUPERVISOR)
    case = (await supervisor.go(f"/desk/orders/{order}")).text
    assert "/recordings/" not in case
    await supervisor.press(
        f"/desk/orders/{order}/identity", report=number, why="需要核实现场位置（虚构）"
    )
    address = re.findall(r'src="(/desk/orders/[^"]+)"', supervisor.text)[0]
    other = await seat(another(client), Role.SUPERVISOR)

    assert (await supervisor.client.get(address)).content.startswith(b"RIFF")
    assert (await other.client.get(address)).status_code == 404
    admin = Actor(ActorKind.STAFF, "x", frozenset({Role.ADMIN}), jurisdiction="522700")
    target = Target(request["tenant_id"], request["id"])
    await erase(target, "本人申请删除（虚构）", by=admin, now=datetime.now(UTC))
    assert (await supervisor.client.get(address)).status_code == 404
    gone = await row("SELECT wrapped_key, sealed, caller_index FROM phone_call")
    assert gone == {"wrapped_key": None, "sealed": None, "caller_index": None}


async def test_a_call_that_became_nothing_is_forgotten_after_its_days(
    client: httpx.AsyncClient, line: PhoneSystem
) -> None:
    await line.tell("answered", "c-1")
    await line.tell("missed", "c-2", caller="13900000022")
    later = datetime.now(UTC) + KEPT + timedelta(days=1)
    assert await forget_old_calls(later) == 1  # the other still waits to be called back
    assert await forget_old_calls(later) == 0
    held = await rows("SELECT state, sealed FROM phone_call WHERE sealed IS NOT NULL")
    assert [one["state"] for one in held] == ["missed"]


async def test_a_recording_is_heard_by_whoever_took_the_call_alone(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("offered", "c-1", extension=SEAT)
    await line.tell("recording", "c-1", recording=sound())
    await take(agent)
    address = re.findall(r'src="(/agent/calls/[^"]+)"', agent.text)[0]
    other = await an_agent(another(client), "8002")

    assert (await agent.client.get(address)).content.startswith(b"RIFF")
    assert (await other.client.get(address)).status_code == 404
    assert (await another(client).client.get(address)).status_code == 303


async def test_the_documents_example_is_taken(client: httpx.AsyncClient, line: PhoneSystem) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    answer = await line.sender.post(example.encode(), to=f"phone/{LINE}")
    assert answer.json() == {"status": "taken"}
    assert (await call())["state"] == "offered"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_events_in_any_order_and_repeated_make_one_call(
    client: httpx.AsyncClient, line: PhoneSystem, order: tuple[int, ...]
) -> None:
    told = [("offered", 30), ("answered", 20), ("ended", 5)]
    for at in (*order, *order):
        event, ago = told[at]
        await line.tell(event, "c-1", ago=ago, extension=SEAT)

    found = await call()
    assert found["state"] == "answered"
    assert found["offered_at"] < found["answered_at"] < found["ended_at"]  # type: ignore[operator]
    assert found["began_at"] <= found["offered_at"]  # type: ignore[operator]


async def test_the_same_event_three_times_at_once_is_one_and_other_content_is_kept(
    client: httpx.AsyncClient, line: PhoneSystem
) -> None:
    same = {"id": "e-1", "event": "offered", "call": "c-1", "at": "2026-03-05T22:10:00+08:00"}
    body = {name: value for name, value in same.items() if name != "id"}
    answers = await asyncio.gather(
        *(line.sender.post(body, to=f"phone/{LINE}", id="e-1") for _ in range(3))
    )
    other = await line.sender.post({**body, "call": "c-2"}, to=f"phone/{LINE}", id="e-1")

    assert {answer.status_code for answer in answers} == {200}
    assert len(await rows("SELECT id FROM phone_event")) == 1
    assert other.status_code == 409
    assert [one["reason"] for one in await rows("SELECT reason FROM held_delivery")] == [
        "delivery.other_body"
    ]


async def test_nothing_of_the_caller_stands_readable_in_any_table(
    client: httpx.AsyncClient, visitor: Visitor, line: PhoneSystem
) -> None:
    agent = await an_agent(visitor)
    await line.tell("offered", f"sip-{CALLER}", extension=SEAT, called="08541234567")
    await line.tell("missed", f"sip-{CALLER}")
    await rings(agent)
    for table in ("phone_call", "phone_event", "call_back", "event", "event_detail", "delivery"):
        for one in await rows(f"SELECT t::text AS line FROM {table} t"):
            assert CALLER not in one["line"]
            assert CALLER.encode().hex() not in one["line"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event": "sung"}, "event"),
        ({"call": ""}, "call"),
        ({"at": "soon"}, "at"),
        ({"recording": {"content": "%"}}, "recording.content"),
        ({"event": "recording"}, "recording.content"),
    ],
)
async def test_what_cannot_be_read_is_named_and_kept_sealed(
    client: httpx.AsyncClient, line: PhoneSystem, change: dict[str, object], field: str
) -> None:
    body = {"event": "offered", "call": "c-1", "at": "2026-03-05T22:10:00+08:00", **change}
    answer = await line.sender.post(body, to=f"phone/{LINE}")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert len(await rows("SELECT id FROM held_delivery")) == 1
    assert await rows("SELECT id FROM phone_call") == []
