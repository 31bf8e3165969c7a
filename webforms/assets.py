"""Static files, ours alone, packed; their address changes with their content: kept for a year.

Pages are not packed: beside what a stranger made us repeat, their size would tell a form token.
"""

import gzip
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from webforms.render import STATIC

FILES = StaticFiles(directory=STATIC)


async def asset(request: Request) -> Response:
    """One file of `static/`."""
    response = await FILES.get_response(request.path_params["path"], request.scope)
    if isinstance(response, FileResponse) and _takes_gzip(request):
        kind = {"content-type": response.headers["content-type"], "content-encoding": "gzip"}
        response = Response(_packed(Path(response.path)), headers=kind)
    lasting = "public, max-age=31536000, immutable" if request.query_params.get("v") else "no-cache"
    response.headers.update({"cache-control": lasting, "vary": "Accept-Encoding"})
    return response


def _takes_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
