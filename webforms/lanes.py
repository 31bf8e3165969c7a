"""Two lanes: machines pass by all that a page for people needs (visit, language, page headers)."""

import logging
import secrets
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from webforms.body_limit import limited
from webforms.hooks import door
from webforms.refusals import trace

HOOKS: Final = "/hooks/"
log: Final = logging.getLogger("webforms")


class Lanes:
    """Middleware, the outermost: what is posted to a machine's door takes the short way."""

    def __init__(self, app: ASGIApp) -> None:
        self.people = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["path"].startswith(HOOKS)
            and scope["method"] == "POST"
        ):
            await _posted(scope, receive, send)
        else:
            await self.people(scope, receive, send)


def _is_delivery(scope: Scope) -> bool:
    is_post = scope["type"] == "http" and scope["method"] == "POST"
    return is_post and bool(scope["path"].startswith(HOOKS))


async def _posted(scope: Scope, receive: Receive, send: Send) -> None:
    scope["path_params"] = {"channel": scope["path"][len(HOOKS) :]}
    try:
        response = await door.receive(Request(scope, limited(receive, door.MOST_BYTES)))
    except ClientDisconnect:
        return
    except Exception as error:
        response = _unexpected(error)
    await response(scope, receive, send)


def _unexpected(error: Exception) -> Response:
    """A fault of ours: the sender tries again; the log never carries the error's own words."""
    reference = secrets.token_hex(4)
    log.error("unexpected %s %s", reference, " ".join(trace(error)))
    fault = {"field": "", "code": "unexpected", "message": f"系统暂时出错，请重发（{reference}）"}
    return JSONResponse({"errors": [fault]}, 500, {"cache-control": "no-store"})
