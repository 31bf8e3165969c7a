"""services.{fmt} and services/{code}.{fmt}: the kinds of a pack, and what may be told of them."""

from collections.abc import Iterator
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hotline.errors import NotFound
from hotline.policy.pack import Pack
from hotline.policy.store import packs
from hotline.rules.classifying import Kind
from hotline.rules.terms import Wish
from webforms.open311.answers import TYPES, Said, split_format, written
from webforms.open311.door import PUBLIC, both, pack_of
from webforms.texts import text

MOST_KEYWORDS: Final = 10
# the parts of a report that Open311 has no name for
TEXTS: Final = ("township", "landmark", "source_name", "source_place", "occurred")


async def services(request: Request) -> Response:
    """Every kind that is ours."""
    if request.path_params["fmt"] not in TYPES:
        raise HTTPException(404)
    pack = pack_of(request, await packs())
    return written(
        request, Said("services", [_service(pack, kind) for kind in ours(pack)], headers=PUBLIC)
    )


async def definition(request: Request) -> Response:
    """The attributes of one kind; the same for each, the places those of the jurisdiction."""
    code, fmt = split_format(request.path_params["name"])
    pack = pack_of(request, await packs())
    if not fmt or code not in {kind.code for kind in ours(pack)}:
        raise NotFound("service")
    content = {"service_code": code, "attributes": list(_numbered(pack))}
    return written(request, Said("service_definition", content, headers=PUBLIC))


def ours(pack: Pack) -> list[Kind]:
    """The kinds that may be reported here."""
    return [kind for kind in pack.lexicon.kinds if kind.ours]


def _service(pack: Pack, kind: Kind) -> dict[str, Any]:
    group = pack.lexicon.kind(kind.parent) or kind
    return {
        "service_code": kind.code,
        "service_name": kind.name,
        "description": _described(group, kind),
        "metadata": True,
        "type": "batch",
        "keywords": ",".join(word for word in (kind.name_en, *kind.strong[:MOST_KEYWORDS]) if word),
        "group": group.name,
    }


def _described(group: Kind, kind: Kind) -> str:
    chinese = text("open311.service", "zh", group=group.name, name=kind.name)
    names = (group.name_en or group.name, kind.name_en or kind.name)
    return f"{chinese} / {text('open311.service', 'en', group=names[0], name=names[1])}"


def _numbered(pack: Pack) -> Iterator[dict[str, Any]]:
    for order, one in enumerate(_attributes(pack), start=1):
        yield {**one, "order": order}


def _attributes(pack: Pack) -> Iterator[dict[str, Any]]:
    yield {**_attribute("notice", "text"), "variable": False}
    counties = [
        (place.code, place.name) for place in pack.gazetteer.counties() if _in(pack, place.code)
    ]
    yield _attribute("county", "singlevaluelist", counties)
    for name in TEXTS:
        yield _attribute(name, "string")
    wishes = [(wish.value, text(f"term.wish.{wish.value}")) for wish in Wish]
    yield _attribute("wish", "singlevaluelist", wishes)


def _attribute(
    code: str, datatype: str, values: list[tuple[str, str]] | None = None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "variable": True,
        "code": code,
        "datatype": datatype,
        "required": False,
        "datatype_description": both(f"open311.datatype.{datatype}"),
        "order": 0,
        "description": both(f"open311.attribute.{code}"),
    }
    if values:
        told["values"] = [{"key": key, "name": name} for key, name in values]
    return told


def _in(pack: Pack, code: str) -> bool:
    return pack.code in {place.code for place in pack.gazetteer.path(code)}
