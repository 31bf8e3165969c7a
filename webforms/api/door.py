"""Before every address of the API: a good key, its scope, its rate; after it: problems said."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hotline.errors import BadReport, HotlineError
from hotline.lookups.api_key import KeyHolder
from hotline.rules.documents import NotAnObject
from hotline.rules.report import Delivery
from hotline.rules.terms import Scope
from hotline.steps.hold import hold
from webforms.api.problems import answer, of_error
from webforms.machines import BadId, bearer, idempotency_key, let_in
from webforms.visit import current

Endpoint = Callable[[Request], Awaitable[Response]]
KeyedEndpoint = Callable[[Request, KeyHolder], Awaitable[Response]]

JSON_TYPE: Final = "application/json"
PRIVATE: Final = {"cache-control": "no-store"}
BAD_FIELDS: Final = "delivery.bad_fields"


def keyed(endpoint: KeyedEndpoint, scope: Scope) -> Endpoint:
    """The endpoint behind a key that holds the scope."""

    async def passed(request: Request) -> Response:
        holder = await let_in(bearer(request), scope)
        return await endpoint(request, holder)

    return spoken(passed)


def spoken(endpoint: Endpoint) -> Endpoint:
    """The endpoint, its refusals said as problems."""
    return partial(_spoken, endpoint)


async def _spoken(endpoint: Endpoint, request: Request) -> Response:
    try:
        return await endpoint(request)
    except (HotlineError, HTTPException) as error:
        return answer(request, of_error(error))


@dataclass(frozen=True, slots=True)
class Sent:
    """A JSON body under its sender's id."""

    holder: KeyHolder
    id: str
    body: bytes

    def delivery(self, noun: str, of: str = "") -> Delivery:
        """How it is known when it comes again: one id for each thing that can be sent."""
        return Delivery(self.holder.channel, f"{noun}:{self.id}", of.encode() + self.body)


async def sent(request: Request, holder: KeyHolder) -> Sent:
    """Id and body. BadId, 415."""
    said = idempotency_key(request)
    if not said:
        raise BadId
    return Sent(holder, said, await json_body(request))


async def json_body(request: Request) -> bytes:
    """The body of a request that says it is JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON_TYPE:
        raise HTTPException(415)
    return await request.body()


async def kept_if_bad(delivery: Delivery, holder: KeyHolder, error: HotlineError) -> None:
    """What a known sender sent and nobody can read lies sealed with a person."""
    key = error.key if isinstance(error, NotAnObject) else BAD_FIELDS
    await hold(holder.tenant_id, delivery, key, current().now)


def word(given: dict[str, Any], name: str) -> str:
    """The one text that a small body holds. BadReport."""
    faults = {other: "field.unknown" for other in given if other != name}
    said = given.get(name)
    if not isinstance(said, str):
        faults[name] = "field.not_text" if said is not None else "text.empty"
    if faults:
        raise BadReport(faults)
    return str(said)


def json_answer(content: Any, status: int = 200, **headers: str) -> Response:
    """Never cached: it is one partner's own."""
    return JSONResponse(content, status, {**PRIVATE, **headers})
