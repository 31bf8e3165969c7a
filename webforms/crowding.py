"""过载: more than can be served in time is refused at once and politely; staff have a lane apart.

Too much is a number in flight (settings), or a standing queue: of what was answered in the last
half second not even the quickest came within its time. What is refused costs next to nothing, so
that what was accepted is still answered soon, and the memory stays bounded.

While somebody works at a desk only some of those taken are worked at, the others wait their turn:
a page asks the database several times, and each time waits for all that is under way.
"""

import asyncio
import json
from collections import deque
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
WITH_STAFF: Final = 16  # so many are worked at besides staff; all of them where nobody is at a desk
AT_THE_DESK: Final = 2.0  # seconds from one page to the next
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


class Turns:
    """Those taken that wait to be worked at, in the order they came."""

    def __init__(self) -> None:
        self.at_work = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._until = 0.0

    def staff_came(self, now: float) -> None:
        """Somebody is at a desk, and will be for a while."""
        self._until = now + AT_THE_DESK

    async def take(self, now: float) -> None:
        """When it is its turn."""
        if self.at_work >= WITH_STAFF and now < self._until:
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            try:
                await turn  # whoever leaves takes one in, and counts it
            except asyncio.CancelledError:
                if not turn.cancelled():  # given up at the moment it came
                    self.leave(now)
                raise
        else:
            self.at_work += 1

    def leave(self, now: float) -> None:
        """One is done with; those that waited for staff who went take their turns with the next."""
        self.at_work -= 1
        while self._waiting and (self.at_work < WITH_STAFF or now >= self._until):
            turn = self._waiting.popleft()
            if not turn.done():  # it may have been given up at the end of the process
                self.at_work += 1
                turn.set_result(None)


class Crowding:
    """Middleware, before everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        most = settings().in_flight
        self.everybody, self.staff = Lane(most), Lane(max(1, most // STAFF_SHARE))
        self.sending = Lane(most * SENDING_SHARE)
        self.turns = Turns()

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
            await self._worked_at(lane, scope, receive, send)
        finally:
            now = clock()
            lane.left(now, now - began)

    async def _worked_at(self, lane: Lane, scope: Scope, receive: Receive, send: Send) -> None:
        clock = asyncio.get_running_loop().time
        if lane is self.staff:
            self.turns.staff_came(clock())
        if lane is not self.everybody:
            await self.app(scope, receive, send)
            return
        await self.turns.take(clock())
        try:
            await self.app(scope, receive, send)
        finally:
            self.turns.leave(clock())

    def _lane(self, scope: Scope) -> Lane:
        """Whoever sends slowly takes no place from those whose request is here."""
        if _is_staff(scope):
            return self.staff
        return self.everybody if scope.get(HERE) else self.sending


def _is_staff(scope: Scope) -> bool:
    """By the mere name of the cookie: to look the session up is what there is no time for. Whoever
    makes one up crowds a lane that is as bounded."""
    for name, value in scope["headers"]:  # noqa: SIM110 - half the time, for every request
        if name == b"cookie" and SESSION in value:
            return True
    return False


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
