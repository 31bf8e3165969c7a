"""直达: what is posted by the thousand passes all that stands before an address in one step.

The same address, checks, answer and headers as by the layers of the application; each of those
costs a call for every message, there and back.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from hotline.errors import HotlineError
from webforms import refusals
from webforms.addresses import CHOSEN, Addresses
from webforms.body_limit import limited
from webforms.headers import completed
from webforms.visit import begin

POSTED: Final = (
    "/report/submission",
    "/api/v1/reports",
    "/open311/v2/requests.json",
    "/open311/v2/requests.xml",
)


class Straight:
    """The lines of the table that are meant by these addresses, found once."""

    def __init__(self, table: Addresses, paths: Iterable[str] = POSTED) -> None:
        self._lines = {path: _line(table, path) for path in paths}

    def leads_to(self, scope: Scope) -> bool:
        """Whether this is posted to one of them."""
        is_post = scope["type"] == "http" and scope["method"] == "POST"
        return is_post and scope["path"] in self._lines and not scope.get("root_path")

    async def pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """To the endpoint, and its answer back."""
        scope.update(self._lines[scope["path"]])
        most = scope[CHOSEN].most_bytes
        request = Request(scope, limited(scope, receive, most), send)
        begin(request, datetime.now(UTC))
        try:
            response = await _answered(request)
        except ClientDisconnect:
            return  # nobody to answer
        except Exception as error:
            response = refusals.unexpected(request, error)
        is_secure = scope["scheme"] == "https"
        response.raw_headers = completed(response.raw_headers, is_secure=is_secure)
        await response(scope, receive, send)


async def _answered(request: Request) -> Response:
    try:
        answer: Response = await request.scope["endpoint"](request)
    except HotlineError as error:
        return await refusals.refused(request, error)
    except HTTPException as error:
        return await refusals.http_error(request, error)
    return answer


def _line(table: Addresses, path: str) -> Scope:
    match, found = table.matches({"type": "http", "method": "POST", "path": path})
    if match is not Match.FULL:
        raise LookupError(path)
    return found
