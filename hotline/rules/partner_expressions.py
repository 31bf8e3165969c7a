"""An expression (JMESPath): where in somebody's document a value lies."""

from dataclasses import dataclass, field
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult


@dataclass(frozen=True, slots=True)
class Expression:
    """Compiled once, used for every document."""

    text: str
    compiled: ParsedResult = field(repr=False, compare=False)

    def of(self, document: Any) -> Any:
        """The value, None for none. ValueError when the document is of another shape."""
        try:
            return self.compiled.search(document)
        except (JMESPathError, TypeError, ArithmeticError, RecursionError) as error:
            raise ValueError(type(error).__name__) from error


def expression(text: str) -> Expression:
    """ValueError when it is none."""
    try:
        return Expression(text, jmespath.compile(text))
    except (JMESPathError, RecursionError) as error:
        raise ValueError(f"{text!r} is no expression") from error
