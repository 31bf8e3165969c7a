"""/api/openapi.json and /api: the table as an OpenAPI 3.1 document and as a page of our own."""

import json
from functools import cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from webforms.api.problems import MEDIA_TYPE
from webforms.api.schemas import PROBLEM
from webforms.api.table import BASE, OPERATIONS, Operation
from webforms.render import page
from webforms.texts import LANGUAGES, catalogue, text
from webforms.visit import current

CACHED: Final = "public, max-age=300"
TITLE: Final = "生态环境投诉举报接口 · Environmental complaints API"
OPENAPI: Final = "3.1.0"
VERSION: Final = "1"
BETWEEN: Final = " · "
PROBLEM_REF: Final = {"$ref": "#/components/schemas/Problem"}


async def document(request: Request) -> Response:
    """The document, for programs."""
    del request
    return Response(_serialised(), 200, {"cache-control": CACHED}, "application/json")


async def reference(request: Request) -> Response:
    """The page, for people; nothing on it comes from elsewhere."""
    del request
    return page("api/reference", operations=OPERATIONS, codes=problem_codes(), said=said)


def said(both: str) -> str:
    """The half of a description that is in the reader's language."""
    halves = dict(zip(LANGUAGES, both.split(BETWEEN), strict=True))
    return halves[current().language]


def problem_codes() -> list[str]:
    """Every code a problem may carry, in the order of the texts."""
    return [
        key.removeprefix("api.title.") for key in catalogue("zh") if key.startswith("api.title.")
    ]


def openapi() -> dict[str, Any]:
    """OpenAPI 3.1, made of the table."""
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": OPENAPI,
        "info": {"title": TITLE, "version": VERSION, "description": _intro()},
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


@cache
def _serialised() -> bytes:
    return json.dumps(openapi(), ensure_ascii=False, separators=(",", ":")).encode()


def _intro() -> str:
    return BETWEEN.join(text("api.page.intro", language) for language in LANGUAGES)


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "responses": _responses(one),
        "security": [{"key": []}] if one.scope else [],
    }
    if one.scope:
        told["description"] = f"权限 · scope: `{one.scope.value}`"
    if one.parameters:
        told["parameters"] = list(one.parameters)
    if one.body:
        media_type, schema = one.body
        told["requestBody"] = {"required": True, "content": {media_type: {"schema": schema}}}
    return told


def _responses(one: Operation) -> dict[str, Any]:
    status, schema = one.success
    content = {"application/json": {"schema": schema}}
    found: dict[str, Any] = {str(status): {"description": one.summary, "content": content}}
    if one.name == "take":
        found[str(status)]["links"] = _links()
    for problem in one.statuses():
        found[str(problem)] = {
            "description": "问题 · a problem (RFC 9457)",
            "content": {MEDIA_TYPE: {"schema": PROBLEM_REF}},
        }
    wait = {"description": "秒 · seconds", "schema": {"type": "integer"}}
    for later in {"429", "503"} & found.keys():
        found[later]["headers"] = {"Retry-After": wait}
    return found


def _links() -> dict[str, Any]:
    """What may be done next with the number that was answered."""
    number = {"number": "$response.body#/number"}
    of_report = (one for one in OPERATIONS if one.path.startswith("/reports/{number}"))
    return {one.name: {"operationId": one.name, "parameters": number} for one in of_report}
