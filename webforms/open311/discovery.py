"""discovery.{xml,json}: where the service is, and since when its list of services stands."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.open311 import changed_at
from hotline.policy.store import packs
from hotline.rules.clocks import SHANGHAI
from hotline.settings import settings
from webforms.open311.answers import TYPES, Said, written
from webforms.open311.door import BASE, PUBLIC, both

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
FORMATS: Final = ("text/xml", "application/json")


async def discovery(request: Request) -> Response:
    """No key, no jurisdiction."""
    if request.path_params["fmt"] not in TYPES:
        raise HTTPException(404)
    changeset = (await changed_at()).astimezone(SHANGHAI).isoformat(timespec="seconds")
    lines = [
        f"{pack.code} {pack.name} {pack.hotline}".strip() for pack in (await packs()).serving()
    ]
    endpoint = {
        "specification": SPECIFICATION,
        "url": settings().public_url.rstrip("/") + BASE,
        "changeset": changeset,
        "type": "test" if settings().demo else "production",
        "formats": list(FORMATS),
    }
    content = {
        "changeset": changeset,
        "contact": "; ".join(lines),
        "key_service": both("open311.key_service"),
        "endpoints": [endpoint],
    }
    return written(request, Said("discovery", content, headers=PUBLIC))
