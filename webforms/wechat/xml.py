"""XML of WeChat: a flat document read strictly, and the short answer written.

No document type, no entity but the five of XML itself, no processing instruction.
"""

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from hotline.rules.documents import RETURNS, NotAnObject, XmlReader
from hotline.rules.storable import storable

DEEPEST: Final = 8
MOST_TAGS: Final = 200
ROOT: Final = "xml"


class NotXml(NotAnObject):
    """No such document. `key` names the wording."""


def fields_of(body: bytes) -> dict[str, str]:
    """The elements right within <xml>, each with its text. NotXml."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotXml("body.not_utf8") from None
    reader = _Reader()
    try:
        reader.read(text)
    except NotAnObject as error:
        raise NotXml(error.key) from None
    return {name: storable(value) for name, value in reader.found.items()}


def document(fields: Mapping[str, str | int]) -> bytes:
    """The elements as one <xml>; text is escaped, so that nothing can end it early."""
    inner = "".join(f"<{name}>{_shown(value)}</{name}>" for name, value in fields.items())
    return f"<{ROOT}>{inner}</{ROOT}>".encode()


def _shown(value: str | int) -> str:
    return str(value) if isinstance(value, int) else escape(value, RETURNS)


class _Reader(XmlReader):
    def __init__(self) -> None:
        super().__init__(DEEPEST, MOST_TAGS)
        self.found: dict[str, str] = {}

    def began(self, name: str, given: Mapping[str, str]) -> None:
        if self.path[0] != ROOT:
            self.refuse()
        if len(self.path) == 2:
            if name in self.found:  # which of the two is meant?
                self.refuse()
            self.found[name] = ""

    def said(self, text: str) -> None:
        if len(self.path) == 2:
            self.found[self.path[1]] += text
