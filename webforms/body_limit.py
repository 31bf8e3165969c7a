"""How much a door takes: beyond it the rest is read and thrown away, so that the answer is seen.

A browser that is still sending shows a broken connection instead of our page; a short drain spares
the sender that. Nothing beyond the limit is kept.
"""

import asyncio
import contextlib
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HERE: Final = "body_is_here"  # in the scope: nothing more is to come
DRAINED: Final = 128 * 1024 * 1024
PATIENCE: Final = 30.0  # seconds before something must have come
SLOWEST: Final = 512.0  # bytes a second; the slowest telephone sends twenty times as much


class BodyTooLarge(HTTPException):
    """413: more than this door takes."""

    def __init__(self) -> None:
        super().__init__(status_code=413, headers={"connection": "close"})


class BodyTooSlow(HTTPException):
    """408: somebody holds the door open and sends nothing."""

    def __init__(self) -> None:
        super().__init__(status_code=408, headers={"connection": "close"})


class BodyLimit:
    """Counts and times a request's body; raises inside the endpoint: the error becomes a page."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, limited(scope, receive, self.most), send)


def limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """The same body; BodyTooLarge as soon as it is longer, BodyTooSlow when it does not come."""
    return _counted(receive, most) if scope.get(HERE) else _timed(receive, most)


def _counted(receive: Receive, most: int) -> Receive:
    """Of a body that is here already; nearly every one comes together with its head."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise BodyTooLarge
        return message

    return counted


def _timed(receive: Receive, most: int) -> Receive:
    began = asyncio.get_running_loop().time()
    taken, whole = 0, False

    async def counted() -> Message:
        nonlocal taken, whole
        if whole:  # what may come now is only that the other side has gone
            return await receive()
        try:
            async with asyncio.timeout_at(began + PATIENCE + taken / SLOWEST):
                message = await receive()
        except TimeoutError:
            raise BodyTooSlow from None
        taken, whole = taken + len(message.get("body", b"")), not message.get("more_body", False)
        if taken > most:
            await _drain(receive, message, DRAINED - taken)
            raise BodyTooLarge
        return message

    return counted


async def whole(scope: Scope, receive: Receive, most: int) -> bytes:
    """The body in one piece. BodyTooLarge, BodyTooSlow, ClientDisconnect."""
    counted, parts, more = limited(scope, receive, most), [], True
    while more:
        message = await counted()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return parts[0] if len(parts) == 1 else b"".join(parts)


async def _drain(receive: Receive, message: Message, left: int) -> None:
    """For as long as a browser needs to stop, and no longer."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while left > 0 and message["type"] == "http.request" and message.get("more_body"):
                message = await receive()
                left -= len(message.get("body", b""))
