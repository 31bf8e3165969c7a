"""An expression (JMESPath): where in somebody's document a value lies."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

_NAMES: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")


@dataclass(frozen=True, slots=True)
class Expression:
    """Compiled once, used for every document."""

    text: str
    compiled: ParsedResult = field(repr=False, compare=False)
    way: tuple[str, ...] = field(default=(), repr=False, compare=False)  # names alone, one in other

    def of(self, document: Any) -> Any:
        """The value, None for none. ValueError when the document is of another shape."""
        if self.way:
            return _at(document, self.way)
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
    return Expression(text, compiled, tuple(text.split(".")) if _NAMES.fullmatch(text) else ())


def _at(document: Any, way: tuple[str, ...]) -> Any:
    """What the interpreter finds, at a tenth of its cost: most of a profile is such names."""
    for name in way:
        if not isinstance(document, dict):
            return None
        document = document.get(name)
    return document
