"""What was refused, said to the right one: a page to people, JSON to machines."""

import logging
import secrets
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hotline.database import is_away
from hotline.errors import (
    BadReport,
    DeliveryConflict,
    HotlineError,
    NotAllowed,
    NotFound,
    PolicyGap,
    Stale,
    StepRefused,
    TooMany,
)
from webforms.api.problems import answer, of_status
from webforms.open311.door import refused_status
from webforms.outage import outage
from webforms.render import page
from webforms.texts import has_text
from webforms.visit import current

MACHINE_PATHS: Final = ("/hooks/",)
API: Final = "/api/v1/"
OPEN311: Final = "/open311/"
STATUS: Final[Mapping[type[HotlineError], int]] = {
    StepRefused: 422,
    BadReport: 422,
    DeliveryConflict: 409,
    Stale: 409,
    NotAllowed: 403,
    NotFound: 404,
    TooMany: 429,
    PolicyGap: 409,
}
SOON: Final = "5"  # seconds: a database that restarts takes no longer
log: Final = logging.getLogger("webforms")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal, ready to be said."""

    status: int
    title: str
    message: str
    details: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""


async def refused(request: Request, error: Exception) -> Response:
    """The core said no."""
    return _said(request, _refusal(error))


async def http_error(request: Request, error: Exception) -> Response:
    """The web layer itself said no: unknown address, wrong method, too large, not our form."""
    assert isinstance(error, HTTPException)
    key = error.detail if has_text(error.detail) else ""
    message = _t(key) if key else _worded("errors", str(error.status_code))
    title = _worded("errors.title", str(error.status_code))
    return _said(request, Refusal(error.status_code, title, message, headers=error.headers or {}))


def unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: a reference for the reader, the places in the code for the operator.

    Neither the page nor the log carries the error's own words: they may quote what was sent.
    """
    if is_away(error):
        outage().met(trace(error))
        title, message = _t("errors.title.503"), _t("errors.503")
        return _said(request, Refusal(503, title, message, headers={"retry-after": SOON}))
    reference = secrets.token_hex(4)
    log.error("unexpected %s %s", reference, " ".join(trace(error)))
    title, message = _t("errors.title.500"), _t("errors.500", reference=reference)
    return _said(request, Refusal(500, title, message, reference=reference))


class SafetyNet:
    """The outermost edge: whatever falls through becomes a page with a reference."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except ClientDisconnect:
            return  # whoever asked has gone: nobody to answer, nothing to mend
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            response = unexpected(Request(scope), error)
            await response(scope, receive, send)


def _refusal(error: Exception) -> Refusal:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    title = _t(f"errors.title.{status}")
    if isinstance(error, StepRefused):
        return Refusal(status, title, _refused_text(error))
    if isinstance(error, BadReport):
        details = {name: _t(f"faults.{key}") for name, key in error.errors.items()}
        return Refusal(status, title, _t("errors.bad_report"), details=details)
    if isinstance(error, TooMany):
        wait = {"retry-after": str(error.retry_after)}
        minutes = -(-error.retry_after // 60)
        return Refusal(status, title, _t("errors.429", minutes=minutes), headers=wait)
    if isinstance(error, PolicyGap):
        gap = {"topic": error.topic, "missing": error.missing}
        return Refusal(status, _t("errors.title.gap"), _t("errors.gap", **gap))
    if isinstance(error, DeliveryConflict):
        return Refusal(status, title, _t("errors.conflict"))
    return Refusal(status, title, _t(f"errors.{status}"))


def _refused_text(error: StepRefused) -> str:
    key = f"refused.{error.key}"
    return _t(key, **error.values) if has_text(key) else _t("errors.422")


def _said(request: Request, refusal: Refusal) -> Response:
    headers, path = {**refusal.headers, "cache-control": "no-store"}, request.url.path
    if path.startswith(API):
        return answer(request, of_status(refusal.status, refusal.headers, refusal.reference))
    if path.startswith(OPEN311):
        return refused_status(request, refusal.status, refusal.headers)
    if _is_machine(request):
        return JSONResponse(_body(refusal), refusal.status, headers)
    response = page("errors/refusal", status_code=refusal.status, refusal=refusal)
    response.headers.update(headers)
    return response


def _body(refusal: Refusal) -> dict[str, object]:
    body: dict[str, object] = {"status": refusal.status, "message": refusal.message}
    if refusal.details:
        body["fields"] = dict(refusal.details)
    if refusal.reference:
        body["reference"] = refusal.reference
    return {"error": body}


def _is_machine(request: Request) -> bool:
    return (
        request.scope.get("machine", False)
        or request.url.path.startswith(MACHINE_PATHS)
        or request.headers.get("accept", "").startswith("application/json")
    )


def _t(key: str, **values: object) -> str:
    return current().t(key, **values)


def _worded(family: str, name: str) -> str:
    return _t(f"{family}.{name}" if has_text(f"{family}.{name}") else f"{family}.other")


def trace(error: BaseException) -> list[str]:
    """The places in the code that an error passed; never its words."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    cause = error.__cause__
    return [type(error).__name__, *places, *(trace(cause) if cause else [])]
