"""/api/v1/kinds and /api/v1/places: the codes that a report may carry, from the packs in force."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hotline.errors import NotFound
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from webforms.api.problems import Problem, answer
from webforms.machines import asked_pack

CACHED: Final = {"cache-control": "public, max-age=300"}


async def kinds(request: Request) -> Response:
    """问题类型."""
    pack = await _pack(request)
    return _list(pack, "kinds", _kinds(pack)) if pack else _unsaid(request)


async def places(request: Request) -> Response:
    """区划: what lies directly in one."""
    pack = await _pack(request)
    if pack is None:
        return _unsaid(request)
    within = request.query_params.get("within", "") or pack.code
    if pack.gazetteer.get(within) is None:
        raise NotFound("place")
    inside = [
        {"code": one.code, "name": one.name, "level": one.level, "parent": one.parent}
        for one in pack.gazetteer.children(within)
    ]
    return _list(pack, "places", inside)


async def _pack(request: Request) -> Pack | None:
    return asked_pack(await packs(), request.query_params.get("jurisdiction", ""))


def _kinds(pack: Pack) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "name": one.name,
            "name_en": one.name_en or one.name,
            "parent": one.parent or None,
        }
        for one in pack.lexicon.kinds
        if one.ours
    ]


def _list(pack: Pack, name: str, found: list[dict[str, Any]]) -> Response:
    return JSONResponse({"jurisdiction": pack.code, name: found}, headers=CACHED)


def _unsaid(request: Request) -> Response:
    return answer(request, Problem(400, "bad_query", {"jurisdiction": "jurisdiction.needed"}))
