"""tokens/{token}.{fmt}: the public number of the matter a report belongs to, once there is one.

A token is the report's number and a mark that only this service can make: whoever did not get it
with the answer can neither guess one nor learn from it whether a report exists.
"""

import hmac
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.lookups.open311 import published_number
from hotline.rules.numbering import is_public_number
from hotline.settings import keys
from webforms.open311.answers import Said, split_format, written

MARK_DIGITS: Final = 32
PRIVATE: Final = {"cache-control": "no-store"}


def token_of(number: str) -> str:
    """The token of a report."""
    return f"{number}-{_mark(number)}"


async def token(request: Request) -> Response:
    """The number is empty until the matter is public."""
    said, fmt = split_format(request.path_params["name"])
    number = _number(said)
    if not fmt or not number:
        raise NotFound("token")
    told = {"service_request_id": await published_number(number), "token": said}
    return written(request, Said("service_requests", [told], headers=PRIVATE))


def _number(said: str) -> str:
    """The number of a token that is ours, else ""; nothing is looked up for any other."""
    number, _, mark = said.partition("-")
    if not is_public_number(number) or not mark.isascii():
        return ""
    return number if hmac.compare_digest(mark, _mark(number)) else ""


def _mark(number: str) -> str:
    message = b"open311 token:" + number.encode()
    return hmac.digest(keys().web, message, "sha256").hex()[:MARK_DIGITS]
