"""过载: more than can be served in time is refused at once and politely; staff have a lane apart.

Too much is a number in flight (settings), or a standing queue: of what was answered in the last
half second not even the quickest came within its time. What is refused costs next to nothing, so
that what was accepted is still answered soon, and the memory stays bounded.
"""

import asyncio
import json
from functools import cache
from html import escape
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from hotline.settings import settings
from webforms.body_limit import HERE
from webforms.cookies import STAFF
from webforms.texts import LANGUAGES, text

SOON: Final = b"2"  # seconds
WINDOW: Final = 0.5
IN_TIME: Final = 1.0
ALWAYS: Final = 16  # so many are taken even so: one slow moment is no crowd
STAFF_SHARE: Final = 4  # the staff's lane beside that of everybody: one to so many
SENDING_SHARE: Final = 4  # those still being sent wait for their sender: so many times as many
FREE: Final = frozenset({"/health"})
MACHINES: Final = ("/hooks/", "/api/", "/open311/")
SESSION: Final = f"{STAFF}=".encode()

Answer = tuple[bytes, bytes]


class Lane:
    """What is in flight of one kind."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.inside = 0
        self._is_standing = False
        self._quickest = 0.0
        self._ends = 0.0

    def is_full(self) -> bool:
        """Whether one more would wait too long."""
        return self.inside >= (min(ALWAYS, self.most) if self._is_standing else self.most)

    def left(self, now: float, took: float) -> None:
        """One was answered."""
        self.inside -= 1
        if now >= self._ends:
            self._is_standing = self._ends > 0 and self._quickest > IN_TIME
            self._quickest, self._ends = took, now + WINDOW
        self._quickest = min(self._quickest, took)


class Crowding:
    """Middleware, before everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        most = settings().in_flight
        self.everybody, self.staff = Lane(most), Lane(max(1, most // STAFF_SHARE))
        self.sending = Lane(most * SENDING_SHARE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in FREE:
            await self.app(scope, receive, send)
            return
        lane = self._lane(scope)
        if lane.is_full():
            await _refuse(scope["path"], send)
            return
        clock = asyncio.get_running_loop().time
        began, lane.inside = clock(), lane.inside + 1
        try:
            await self.app(scope, receive, send)
        finally:
            now = clock()
            lane.left(now, now - began)

    def _lane(self, scope: Scope) -> Lane:
        """Whoever sends slowly takes no place from those whose request is here."""
        if _is_staff(scope):
            return self.staff
        return self.everybody if scope.get(HERE) else self.sending


def _is_staff(scope: Scope) -> bool:
    """By the mere name of the cookie: to look the session up is what there is no time for. Whoever
    makes one up crowds a lane that is as bounded."""
    return any(name == b"cookie" and SESSION in value for name, value in scope["headers"])


async def _refuse(path: str, send: Send) -> None:
    kind, body = _said(is_machine=path.startswith(MACHINES))
    length = b"%d" % len(body)
    headers = [
        (b"content-type", kind),
        (b"content-length", length),
        (b"retry-after", SOON),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@cache
def _said(*, is_machine: bool) -> Answer:
    """Made once: people read both languages, machines a problem (RFC 9457)."""
    words = [text("errors.busy", language) for language in LANGUAGES]
    if is_machine:
        told = {"type": "about:blank", "title": words[1], "detail": words[0], "status": 503}
        return b"application/problem+json", json.dumps(told, ensure_ascii=False).encode()
    lines = "".join(
        f'<p lang="{tag}">{escape(said)}</p>'
        for tag, said in zip(LANGUAGES.values(), words, strict=True)
    )
    head = f'<meta charset="utf-8"><title>{escape(text("errors.title.503"))}</title>'
    page = f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{lines}</body></html>'
    return b"text/html; charset=utf-8", page.encode()
