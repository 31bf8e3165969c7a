"""What every answer tells the browser: nothing from elsewhere, no framing, no type guessing."""

from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
NOTHING_OF_YOURS: Final = "camera=(), microphone=(), payment=(), geolocation=({})"
WITH_POSITION: Final = NOTHING_OF_YOURS.format("self")  # asked on a tap, on one page
ALWAYS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": NOTHING_OF_YOURS.format(""),
}
SECURE: Final = (b"strict-transport-security", b"max-age=31536000")
PERSONAL: Final = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


_RAW: Final = [(name.encode(), value.encode()) for name, value in ALWAYS.items()]


class HeadersMiddleware:
    """Adds what an answer does not say by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = completed(
                    message["headers"], is_secure=scope["scheme"] == "https"
                )
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def completed(said: Sequence[tuple[bytes, bytes]], *, is_secure: bool) -> list[tuple[bytes, bytes]]:
    """With what an answer does not say by itself."""
    names = {name for name, _ in said}
    always = [*_RAW, SECURE] if is_secure else _RAW
    return [*said, *(one for one in always if one[0] not in names)]
