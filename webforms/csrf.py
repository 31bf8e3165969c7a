"""Was this form sent from our own page? A signed token in cookie and form, the browser's word.

Works without JavaScript. A browser on plain HTTP sends no Sec-Fetch headers, and a page that
forbids referrers sends `Origin: null`: then the token alone decides.
"""

import hmac
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from webforms.signed import opened, signed

FIELD: Final = "_token"
LIFE: Final = 3 * 24 * 3600  # as long as a draft lives
PURPOSE: Final = b"form token"


def form_token(visitor: str) -> str:
    """The hidden field's value for this visitor."""
    return signed(PURPOSE, visitor)


def is_ours(request: Request, *, visitor: str, token: str) -> bool:
    """Whether a POST came from a page of ours, shown to this visitor."""
    return comes_from_here(request) and _belongs(token, visitor)


def comes_from_here(request: Request) -> bool:
    """What the browser itself says about where a request started."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.headers.get("host", "")


def _belongs(token: str, visitor: str) -> bool:
    owner = opened(PURPOSE, token, seconds=LIFE)
    return bool(visitor) and hmac.compare_digest(owner.encode(), visitor.encode())
