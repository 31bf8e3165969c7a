"""Two lanes: machines pass by all that a page for people needs (visit, language, page headers)."""

import logging
import secrets
from collections.abc import Sequence
from typing import Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hotline.rules.terms import Role
from webforms.refusals import trace

ENTRANCE: Final = "/hooks/"
log: Final = logging.getLogger("webforms")


class Lanes:
    """Middleware, the outermost: what goes to a machine's door takes the short way."""

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        self.people = app
        doors = [route for route in routes if _is_a_machines(route)]
        self.addresses = [door.path_regex for door in doors]
        self.machines = Router(doors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._leads_to_a_machines(scope["path"]):
            await self._pass(scope, receive, send)
        else:
            await self.people(scope, receive, send)

    def _leads_to_a_machines(self, path: str) -> bool:
        return path.startswith(ENTRANCE) and any(one.match(path) for one in self.addresses)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        scope.pop("app", None)  # the router then answers a wrong method by itself
        try:
            await self.machines(scope, receive, noted)
        except Exception as error:
            if started:
                raise
            await _unexpected(error)(scope, receive, send)


def _unexpected(error: Exception) -> Response:
    """A fault of ours: the sender tries again; the log never carries the error's own words."""
    reference = secrets.token_hex(4)
    log.error("unexpected %s %s", reference, " ".join(trace(error)))
    fault = {"field": "", "code": "unexpected", "message": f"系统暂时出错，请重发（{reference}）"}
    return JSONResponse({"errors": [fault]}, 500, {"cache-control": "no-store"})


def _is_a_machines(route: Route) -> bool:
    return route.path.startswith(ENTRANCE) and Role.MACHINE in getattr(route, "roles", ())
