"""XML of WeChat: a flat document read strictly, and the short answer written.

No document type, no entity but the five of XML itself, no processing instruction.
"""

from collections.abc import Mapping
from typing import Any, Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from hotline.errors import HotlineError
from hotline.rules.storable import storable

DEEPEST: Final = 8
MOST_TAGS: Final = 200
ROOT: Final = "xml"


class NotXml(HotlineError):
    """No such document. `key` names the wording."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def fields_of(body: bytes) -> dict[str, str]:
    """The elements right within <xml>, each with its text. NotXml."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotXml("body.not_utf8") from None
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode(), True)
    except (expat.ExpatError, ValueError):
        raise NotXml("body.not_xml") from None
    return {name: storable(value) for name, value in reader.found.items()}


def document(fields: Mapping[str, str | int]) -> bytes:
    """The elements as one <xml>; text is escaped, so that nothing can end it early."""
    inner = "".join(f"<{name}>{_shown(value)}</{name}>" for name, value in fields.items())
    return f"<{ROOT}>{inner}</{ROOT}>".encode()


def _shown(value: str | int) -> str:
    return str(value) if isinstance(value, int) else escape(value, {"\r": "&#13;"})


class _Reader:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._tags = 0
        self.parser = expat.ParserCreate("utf-8")  # whatever the declaration says
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse
        self.parser.ProcessingInstructionHandler = _refuse

    def _start(self, name: str, _given: Any) -> None:
        self._tags += 1
        self._path.append(name)
        if self._path[0] != ROOT or len(self._path) > DEEPEST or self._tags > MOST_TAGS:
            raise NotXml("body.not_xml")
        if len(self._path) == 2:
            if name in self.found:  # which of the two is meant?
                raise NotXml("body.not_xml")
            self.found[name] = ""

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if len(self._path) == 2:
            self.found[self._path[1]] += text


def _refuse(*_said: Any) -> None:
    raise NotXml("body.not_xml")
