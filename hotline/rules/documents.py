"""文书: what a machine sends as JSON, XML or a form, strictly read; and the same written."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NoReturn
from urllib.parse import parse_qsl, urlencode
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from hotline.errors import HotlineError
from hotline.rules.storable import storable

Form = Literal["json", "xml", "form", "text"]

DEEPEST: Final = 16
MOST_TAGS: Final = 2000
MOST_FIELDS: Final = 300
RETURNS: Final = {"\r": "&#13;"}  # a reader would make it another line
TEXT: Final = "#text"  # of an element that has attributes or children as well
NAME: Final = re.compile(r"[^\W\d][\w.-]*")
KINDS: Final[Mapping[str, str]] = {
    "json": "application/json",
    "xml": "application/xml; charset=utf-8",
    "form": "application/x-www-form-urlencoded",
    "text": "text/plain; charset=utf-8",
}


class NotAnObject(HotlineError):
    """400: no such document. `key` names the wording."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def document(body: bytes, form: Form, encoding: str = "utf-8") -> dict[str, Any]:
    """The document of a body. NotAnObject."""
    if form == "json":
        return json_object(body, encoding)
    text = _text(body, encoding)
    return _xml(text) if form == "xml" else _form(text)


def json_object(body: bytes, encoding: str = "utf-8") -> dict[str, Any]:
    """The JSON object of a body. NotAnObject."""
    text = _text(body, encoding)
    try:
        found = _JSON.decode(text)
    except (ValueError, RecursionError):
        raise NotAnObject("body.not_json") from None
    if not isinstance(found, dict):
        raise NotAnObject("body.not_object")
    return found


def written(content: Any, form: Form, root: str = "") -> bytes:
    """The document as bytes; text is escaped, so that nothing can end it early."""
    if form == "json":
        return compact(content).encode()
    if form == "xml":
        return f'<?xml version="1.0" encoding="UTF-8"?>{_element(root, content)}'.encode()
    if form == "form":
        return urlencode({name: _plain(value) for name, value in content.items()}).encode()
    return str(content).encode()


def compact(content: Any) -> str:
    """JSON without spaces, Chinese as it is."""
    return _COMPACT.encode(content)


class XmlReader:
    """Expat without document types, entities and instructions; depth and tags are bounded."""

    def __init__(self, deepest: int = DEEPEST, most_tags: int = MOST_TAGS) -> None:
        self.path: list[str] = []
        self._tags, self._deepest, self._most_tags = 0, deepest, most_tags
        self._parser = expat.ParserCreate("utf-8")  # whatever the declaration says
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.said
        self._parser.StartDoctypeDeclHandler = self.refuse
        self._parser.EntityDeclHandler = self.refuse
        self._parser.ProcessingInstructionHandler = self.refuse

    def read(self, text: str) -> None:
        """All of it. NotAnObject."""
        try:
            self._parser.Parse(text.encode(), True)
        except (expat.ExpatError, ValueError):
            raise NotAnObject("body.not_xml") from None

    def began(self, name: str, given: Mapping[str, str]) -> None:
        """An element begins; it is the last of the path already."""

    def ended(self, name: str) -> None:
        """An element ends; it is no longer in the path."""

    def said(self, text: str) -> None:
        """Text of the last element of the path, or a part of it."""

    def refuse(self, *_said: Any) -> None:
        """Nothing of this kind is taken."""
        raise NotAnObject("body.not_xml")

    def _start(self, name: str, given: Mapping[str, str]) -> None:
        self._tags += 1
        self.path.append(name)
        if len(self.path) > self._deepest or self._tags > self._most_tags:
            self.refuse()
        self.began(name, given)

    def _end(self, name: str) -> None:
        self.path.pop()
        self.ended(name)


class _Nested(XmlReader):
    """Elements as objects, those of one name as a list, those with text alone as text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self._open: list[dict[str, Any]] = [self.found]

    def began(self, name: str, given: Mapping[str, str]) -> None:
        self._open.append({f"@{key}": storable(value) for key, value in given.items()})

    def said(self, text: str) -> None:
        at = self._open[-1]
        at[TEXT] = at.get(TEXT, "") + text

    def ended(self, name: str) -> None:
        closed = self._open.pop()
        words = storable(closed.pop(TEXT, "").strip())
        value: Any = {**closed, TEXT: words} if closed and words else closed or words
        into = self._open[-1]
        if name not in into:
            into[name] = value
        elif isinstance(into[name], list):
            into[name].append(value)
        else:
            into[name] = [into[name], value]


def _xml(text: str) -> dict[str, Any]:
    reader = _Nested()
    reader.read(text)
    return reader.found


def _form(text: str) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, UnicodeError):
        raise NotAnObject("body.not_form") from None
    if not pairs or len(dict(pairs)) != len(pairs):  # which of the two is meant?
        raise NotAnObject("body.not_form")
    return dict(pairs)


def _text(body: bytes, encoding: str) -> str:
    try:
        return body.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        raise NotAnObject("body.not_utf8") from None


def _element(name: str, content: Any) -> str:
    if isinstance(content, Sequence) and not isinstance(content, str):
        return "".join(_element(name, one) for one in content)
    if not isinstance(content, Mapping):
        return f"<{name}>{escape(_xml_text(content), RETURNS)}</{name}>"
    given = "".join(
        f" {key[1:]}={quoteattr(_xml_text(value))}"
        for key, value in content.items()
        if key.startswith("@")
    )
    inner = "".join(_element(key, value) for key, value in content.items() if key[0] != "@")
    return f"<{name}{given}>{inner}</{name}>"


def _xml_text(value: Any) -> str:
    """XML has no sign for most control characters."""
    return "".join(one for one in _plain(value) if one in "\t\n\r" or one >= " ")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else compact(value)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


_JSON: Final = json.JSONDecoder(parse_constant=_no_number)
_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
