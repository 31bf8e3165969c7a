"""A hostile peer on the bare connection: endless heads, silence, and bodies that never end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from webforms import body_limit
from webforms.body_limit import BodyLimit, BodyTooSlow
from webforms.wire import LARGEST_HEAD, BoundedHead

HEAD = b"GET / HTTP/1.1\r\nHost: made.up\r\n"


class Hasty(BoundedHead):
    """The same, for a test that does not wait twenty seconds."""

    within = 0.3


class Quick(BoundedHead):
    """For an honest one, who may be kept from the processor for a moment."""

    within = 1.0


BUSY = 15.0  # seconds: less than the twenty of a real head, and a busy machine is no fault


async def hello(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("hello")


@asynccontextmanager
async def serving(protocol: type[BoundedHead] = Hasty) -> AsyncIterator[int]:
    """A server of its own on a free port."""
    routes = [Route("/", hello, methods=["GET", "POST"])]
    config = uvicorn.Config(
        Starlette(routes=routes), port=0, http=protocol, lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


async def answer_to(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What comes back until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        return await asyncio.wait_for(reader.read(), BUSY)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_an_honest_request_is_answered_and_its_connection_kept_for_another() -> None:
    async with serving(Quick) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(HEAD + b"\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(Quick.within / 2.5)  # longer in all than a head may take
        writer.close()


async def test_a_head_that_does_not_end_is_cut_off() -> None:
    endless = [b"X-%d: %s\r\n" % (turn, b"a" * 4096) for turn in range(2 * LARGEST_HEAD // 4096)]

    async with serving() as port:
        assert await answer_to(port, HEAD, *endless) == b""


@pytest.mark.parametrize(
    "parts", [[], [b"GET / HT"], [b"\r\n"] * 4, [HEAD, b"A: 1\r\n", b"B: 2\r\n"]],
    ids=["silence", "half a line", "blank lines", "one header at a time"],
)  # fmt: skip
async def test_whoever_says_nothing_or_too_little_is_let_go(parts: list[bytes]) -> None:
    async with serving() as port:
        began = asyncio.get_running_loop().time()
        answer = await answer_to(port, *parts, pause=0.1)
        took = asyncio.get_running_loop().time() - began

    assert b"200" not in answer
    assert took < BUSY


async def test_a_second_head_on_a_kept_connection_is_timed_too() -> None:
    async with serving() as port:
        answer = await answer_to(port, HEAD + b"\r\n", HEAD, b"A: 1\r\n", pause=0.05)

    assert answer.count(b"HTTP/1.1 200") == 1


async def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "PATIENCE", 0.05)

    with pytest.raises(BodyTooSlow):
        await taken([b"half"], ends=False)


async def test_a_slow_telephone_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_limit, "PATIENCE", 1.0)

    assert await taken([b"x" * 1024] * 4, pause=0.3, ends=True) == 4096


async def taken(parts: list[bytes], *, ends: bool, pause: float = 0.0) -> int:
    """How much a door takes of a body that comes so."""
    left = list(parts)
    count = 0

    async def receive() -> Message:
        if not left:
            await asyncio.sleep(60)
        await asyncio.sleep(pause)
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left) or not ends}

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal count
        while True:
            message = await receive()
            count += len(message["body"])
            if not message["more_body"]:
                return

    async def send(message: Message) -> None:
        raise AssertionError(message)

    await BodyLimit(door, most=10_000)({"type": "http"}, receive, send)
    return count
