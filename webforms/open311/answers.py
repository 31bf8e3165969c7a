"""One content, two writings: JSON as it is, XML with the specification's element names."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response

JSON, XML = "json", "xml"
TYPES: Final = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
# what one member of a list is called
MEMBER: Final = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "notes": "note",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
NOT_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a code, and words for whoever reads it."""

    code: str
    description: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its root element, its content, its status."""

    root: str
    content: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def split_format(name: str) -> tuple[str, str]:
    """air.odour.json → air.odour, json; "" for a format that is not spoken here."""
    stem, _, suffix = name.rpartition(".")
    return (stem, suffix) if suffix in TYPES else (name, "")


def format_of(request: Request) -> str:
    """The format of an address; XML, which every client must read, where it names none."""
    return split_format(request.scope["path"])[1] or XML


def written(request: Request, said: Said) -> Response:
    """The answer in the format of the address."""
    form = format_of(request)
    body = _xml(said) if form == XML else _json(said)
    headers = {"content-type": TYPES[form], **said.headers}
    return Response(body, said.status, headers)


def refusal(
    request: Request, status: int, faults: Sequence[Fault], headers: Mapping[str, str] | None = None
) -> Response:
    """What is wrong, in the specification's form."""
    errors = [{"code": one.code, "description": one.description} for one in faults]
    private = {"cache-control": "no-store", **(headers or {})}
    return written(request, Said("errors", errors, status, private))


def _json(said: Said) -> bytes:
    return _COMPACT.encode(said.content).encode()


def _xml(said: Said) -> bytes:
    root = ET.Element(said.root)
    _fill(root, said.content)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _fill(element: ET.Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(ET.SubElement(element, name), value)
    elif isinstance(content, list | tuple):
        for one in content:
            _fill(ET.SubElement(element, MEMBER[element.tag]), one)
    elif isinstance(content, bool):
        element.text = "true" if content else "false"
    elif content is not None:
        element.text = NOT_XML.sub("�", str(content))
