"""Static files, ours alone; their address changes with their content: kept for a year."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from webforms.render import STATIC

FILES = StaticFiles(directory=STATIC)


async def asset(request: Request) -> Response:
    """One file of `static/`."""
    response = await FILES.get_response(request.path_params["path"], request.scope)
    lasting = "public, max-age=31536000, immutable" if request.query_params.get("v") else "no-cache"
    response.headers["cache-control"] = lasting
    return response
