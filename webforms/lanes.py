"""Three lanes: machines pass by all that a page for people needs (visit, language, page headers);
what is posted by the thousand has it in one step; all else takes the layers."""

import logging
import secrets
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from hotline.database import is_away
from webforms.body_limit import whole
from webforms.hooks import door, phone
from webforms.outage import outage
from webforms.partners import door as partners
from webforms.refusals import SOON, trace
from webforms.straight import Straight
from webforms.texts import text
from webforms.wechat import door as wechat

HOOKS: Final = "/hooks/"
WECHAT: Final = "/hooks/wechat/"
PHONE: Final = "/hooks/phone/"
PARTNER: Final = "/hooks/partner/"
log: Final = logging.getLogger("webforms")


class _Answer(Protocol):
    @property
    def status(self) -> int: ...

    @property
    def content(self) -> bytes: ...

    def headers(self) -> list[tuple[bytes, bytes]]: ...


class Lanes:
    """Middleware, the outermost: what is posted to a machine's door takes the short way."""

    def __init__(self, app: ASGIApp, straight: Straight) -> None:
        self.people, self.straight = app, straight

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_delivery(scope):
            await _delivered(scope, receive, send)
        elif self.straight.leads_to(scope):
            await self.straight.pass_on(scope, receive, send)
        else:
            await self.people(scope, receive, send)


def _is_delivery(scope: Scope) -> bool:
    is_post = scope["type"] == "http" and scope["method"] == "POST"
    return is_post and bool(scope["path"].startswith(HOOKS))


async def _delivered(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        answer = await _answered(scope, receive)
    except ClientDisconnect:
        return
    except Exception as error:
        answer = _unexpected(error)
    start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers()}
    await send(start)
    await send({"type": "http.response.body", "body": answer.content})


async def _answered(scope: Scope, receive: Receive) -> _Answer:
    path = scope["path"]
    if path.startswith(WECHAT):
        body_of = partial(whole, scope, receive, wechat.MOST_BYTES)
        return await wechat.deliver(path[len(WECHAT) :], scope["query_string"], body_of)
    if path.startswith(PHONE):
        body_of = partial(whole, scope, receive, phone.MOST_BYTES)
        return await phone.deliver(path[len(PHONE) :], scope["headers"], body_of)
    if path.startswith(PARTNER):
        body_of = partial(whole, scope, receive, partners.MOST_BYTES)
        client = scope.get("client") or ("", 0)
        knock = partners.Knock(scope["headers"], scope["query_string"], str(client[0]))
        return await partners.deliver(path[len(PARTNER) :], knock, body_of)
    body_of = partial(whole, scope, receive, door.MOST_BYTES)
    return await door.deliver(path[len(HOOKS) :], scope["headers"], body_of)


def _unexpected(error: Exception) -> _Answer:
    """A fault of ours: the sender tries again; the log never carries the error's own words."""
    if is_away(error):
        outage().met(trace(error))
        later = door.refusal_in_words(503, [("", "unavailable", text("errors.503"))])
        return replace(later, more=((b"retry-after", SOON.encode()),))
    reference = secrets.token_hex(4)
    log.error("unexpected %s %s", reference, " ".join(trace(error)))
    return door.refusal_in_words(500, [("", "unexpected", f"系统暂时出错，请重发（{reference}）")])
