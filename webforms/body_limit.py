"""How much a door takes: beyond it the rest is read and thrown away, so that the answer is seen.

A browser that is still sending shows a broken connection instead of our page; a short drain spares
the sender that. Nothing beyond the limit is kept.
"""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DRAINED: Final = 128 * 1024 * 1024


class BodyTooLarge(HTTPException):
    """413: more than this door takes."""

    def __init__(self) -> None:
        super().__init__(status_code=413, headers={"connection": "close"})


class BodyLimit:
    """Counts a request's body; raises inside the endpoint, where the error becomes a page."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                await _drain(receive, message, DRAINED - taken)
                raise BodyTooLarge
            return message

        await self.app(scope, counted, send)


async def _drain(receive: Receive, message: Message, left: int) -> None:
    while left > 0 and message["type"] == "http.request" and message.get("more_body", False):
        message = await receive()
        left -= len(message.get("body", b""))
