"""Parts of a page that is left open: asked for again and again, told only when they changed."""

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def mark_of(part: Response) -> str:
    """The entity tag of a part: its very words."""
    return f'"{hashlib.blake2b(bytes(part.body), digest_size=8).hexdigest()}"'


def fresh(request: Request, part: Response) -> Response:
    """The part with its mark; 304 while the page shows it already."""
    mark = mark_of(part)
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"etag": mark})
    part.headers["etag"] = mark
    return part
