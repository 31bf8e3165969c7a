"""What every address of Open311 does at the end: a refusal in the specification's form."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import (
    BadReport,
    DeliveryConflict,
    HotlineError,
    NotFound,
    PolicyGap,
    TooMany,
)
from hotline.policy.pack import Pack
from hotline.policy.store import Packs
from webforms.api.problems import worded
from webforms.machines import BadId, NoKey, NoScope, asked_pack
from webforms.open311.answers import Fault, refusal
from webforms.texts import LANGUAGES, has_text, text

Endpoint = Callable[[Request], Awaitable[Response]]

BASE: Final = "/open311/v2"
PUBLIC: Final = {"cache-control": "public, max-age=60"}
# the specification knows 400, 403 and 404; the code in the body may be finer than the status
STATUS: Final[Mapping[type[HotlineError], tuple[int, str]]] = {
    NoKey: (403, "403"),
    NoScope: (403, "403"),
    NotFound: (404, "404"),
    BadId: (400, "400"),
    DeliveryConflict: (400, "409"),
    PolicyGap: (400, "400"),
    TooMany: (429, "429"),
}


def spoken(endpoint: Endpoint) -> Endpoint:
    """The endpoint, its refusals said as Open311 says them."""
    return partial(_spoken, endpoint)


async def _spoken(endpoint: Endpoint, request: Request) -> Response:
    try:
        return await endpoint(request)
    except BadReport as error:
        return refusal(request, 400, list(_faults(error)))
    except HTTPException as error:
        return refused_status(request, error.status_code, error.headers or {})
    except HotlineError as error:
        return _refused(request, error)


def refused_status(request: Request, status: int, headers: Mapping[str, str]) -> Response:
    """A bare status: what the web layer itself refuses."""
    key = f"open311.status.{status}"
    words = both(key if has_text(key) else "open311.status.400")
    return refusal(request, status, [Fault(str(status), words)], headers)


def pack_of(request: Request, known: Packs) -> Pack:
    """The jurisdiction asked for. NotFound, BadReport when it must be said."""
    pack = asked_pack(known, request.query_params.get("jurisdiction_id", ""))
    if pack is None:
        raise BadReport({"jurisdiction_id": "jurisdiction.needed"})
    return pack


def both(key: str, **values: object) -> str:
    """One description for whoever reads it: Chinese, then English."""
    return " / ".join(text(key, language, **values) for language in LANGUAGES)


def _refused(request: Request, error: HotlineError) -> Response:
    known = (found for kind, found in STATUS.items() if isinstance(error, kind))
    status, code = next(known, (400, "400"))
    headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany) else {}
    return refusal(request, status, [Fault(code, both(f"open311.status.{code}"))], headers)


def _faults(error: BadReport) -> Iterator[Fault]:
    for name, code in error.errors.items():
        words = " / ".join(worded(code, language) for language in LANGUAGES)
        yield Fault("400", f"{name}: {words}")
