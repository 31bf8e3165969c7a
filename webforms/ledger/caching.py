"""缓存: a public file is known by the last change of anything public; 304 for whoever has it."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from webforms.ledger.pages import CACHED


def unchanged(request: Request, mark: datetime) -> Response | None:
    """304 without reading a table; where both are told, the ETag decides (RFC 9110)."""
    told = request.headers.get("if-none-match")
    if told is not None:
        has = _etag(request, mark) in told
    else:
        has = _is_since(request.headers.get("if-modified-since", ""), mark)
    return Response(status_code=304, headers=_headers(request, mark)) if has else None


def kept(request: Request, response: Response, mark: datetime) -> Response:
    """Any cache may keep it for a while."""
    response.headers.update(_headers(request, mark))
    return response


def _etag(request: Request, mark: datetime) -> str:
    told = f"{request.url.path}?{request.url.query}:{mark.isoformat()}"
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'


def _headers(request: Request, mark: datetime) -> dict[str, str]:
    return {
        "etag": _etag(request, mark),
        "last-modified": format_datetime(mark.astimezone(UTC), usegmt=True),
        "cache-control": CACHED,
    }


def _is_since(said: str, mark: datetime) -> bool:
    try:
        return parsedate_to_datetime(said) >= mark.replace(microsecond=0)
    except (TypeError, ValueError):
        return False
