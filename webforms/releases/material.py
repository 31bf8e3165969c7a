"""素材包: facts that are public and photos that were cleared, as one file for the press."""

from starlette.requests import Request
from starlette.responses import Response

from hotline.lookups.material_pack import material_pack
from hotline.lookups.releases import release
from webforms import doors


async def pack(request: Request) -> Response:
    """ZIP: the text, the facts, the photos."""
    by = doors.actor(request)
    found = await material_pack(by, await release(by, request.path_params["number"]))
    headers = {"content-disposition": f'attachment; filename="{found.name}"'}
    return Response(found.content, media_type="application/zip", headers=headers)
