"""Overload: too much is refused politely and at once, staff keep their lane, and it recovers."""

import asyncio
from typing import Any

from starlette.types import Receive, Scope, Send

from hotline.settings import settings
from webforms.body_limit import HERE
from webforms.crowding import ALWAYS, IN_TIME, WINDOW, WITH_STAFF, Crowding, Lane

MOST = settings().in_flight


class Slow:
    """A service that answers when it is told to."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.within = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.within += 1
        await self.go.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def asked(door: Crowding, path: str = "/report", cookie: bytes = b"") -> dict[str, Any]:
    """The head of the answer."""
    heads: list[Any] = []

    async def send(message: Any) -> None:
        heads.append(message)

    headers = [(b"cookie", cookie)] if cookie else []
    scope = {"type": "http", "path": path, "headers": headers, HERE: True}
    await door(scope, _nothing, send)
    return {"status": heads[0]["status"], **dict(heads[0]["headers"])}


async def test_beyond_the_places_everybody_is_asked_to_come_again_but_for_staff() -> None:
    slow = Slow()
    door = Crowding(slow)
    inside = [asyncio.create_task(asked(door)) for _ in range(MOST)]
    await asyncio.sleep(0)

    refused = [await asked(door, path) for path in ("/report", "/hooks/x", "/api/v1/reports")]
    staff = asyncio.create_task(asked(door, cookie=b"visitor=x; staff=token"))
    slow.go.set()

    assert {one["status"] for one in refused} == {503}
    assert all(int(one[b"retry-after"]) > 0 for one in refused)
    assert {one["status"] for one in await asyncio.gather(*inside, staff)} == {200}
    assert (await asked(door))["status"] == 200


async def test_while_staff_work_the_others_take_turns_and_each_is_answered() -> None:
    slow, more = Slow(), WITH_STAFF * 2
    door = Crowding(slow)
    staff = asyncio.create_task(asked(door, cookie=b"staff=token"))
    await asyncio.sleep(0)
    inside = [asyncio.create_task(asked(door)) for _ in range(more)]
    given_up = asyncio.create_task(asked(door))
    await asyncio.sleep(0)
    assert slow.within == 1 + WITH_STAFF

    given_up.cancel()
    slow.go.set()

    assert [one["status"] for one in await asyncio.gather(staff, *inside)] == [200] * (1 + more)
    assert door.turns.at_work == door.everybody.inside == 0


def test_a_standing_queue_is_shortened_and_gone_as_soon_as_one_is_quick() -> None:
    lane = Lane(most=ALWAYS * 4)
    lane.inside = ALWAYS * 2
    for at in range(4):
        lane.left(at * WINDOW, IN_TIME * 2)
        lane.inside += 1
    assert lane.is_full()

    lane.left(9 * WINDOW, 0.01)
    lane.left(10 * WINDOW, 0.01)
    assert not lane.is_full()


def test_one_slow_answer_among_quick_ones_is_no_queue() -> None:
    lane = Lane(most=ALWAYS * 4)
    lane.inside = ALWAYS * 2
    for at in range(8):
        lane.left(at * WINDOW / 2, IN_TIME * 9 if at % 2 else 0.01)
    assert not lane.is_full()


async def _nothing() -> Any:
    raise AssertionError("nothing is read")
