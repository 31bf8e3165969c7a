"""An expression (JMESPath): where in somebody's document a value lies."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

_WAY: Final = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
_NAMES: Final = re.compile(_WAY)
_EACH: Final = re.compile(rf"({_WAY})\[\*?\](?:\.{_WAY})?")


@dataclass(frozen=True, slots=True)
class Expression:
    """Compiled once, used for every document."""

    text: str
    compiled: ParsedResult = field(repr=False, compare=False)
    way: tuple[str, ...] = field(default=(), repr=False, compare=False)  # names alone, one in other
    each: tuple[str, ...] = field(default=(), repr=False, compare=False)  # to a list, of each of it

    def of(self, document: Any) -> Any:
        """The value, None for none. ValueError when the document is of another shape."""
        if self.way:
            return _at(document, self.way)
        if self.each and _at(document, self.each) is None:
            return None
        try:
            return self.compiled.search(document)
        except (JMESPathError, TypeError, ArithmeticError, RecursionError) as error:
            raise ValueError(type(error).__name__) from error


def expression(text: str) -> Expression:
    """ValueError when it is none."""
    try:
        compiled = jmespath.compile(text)
    except (JMESPathError, RecursionError) as error:
        raise ValueError(f"{text!r} is no expression") from error
    each = _EACH.fullmatch(text)
    way = text if _NAMES.fullmatch(text) else ""
    return Expression(text, compiled, _parts(way), _parts(each[1] if each else ""))


def _parts(way: str) -> tuple[str, ...]:
    return tuple(way.split(".")) if way else ()


def _at(document: Any, way: tuple[str, ...]) -> Any:
    """What the interpreter finds, at a tenth of its cost: most of a profile is such names."""
    for name in way:
        if not isinstance(document, dict):
            return None
        document = document.get(name)
    return document
