"""Is the service up? For a load balancer and the operator; says nothing that is not public."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hotline import database


async def health(request: Request) -> Response:
    """200 when the database answers, else 503."""
    del request
    try:
        await database.row("SELECT 1 AS one")
    except Exception:  # the edge: whatever ails it, the answer is "not now"
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok"})
