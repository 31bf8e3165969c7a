"""What stands in a form of many fields: kept as it was typed, right or wrong."""

from collections.abc import Mapping
from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol, TypeVar

from hotline.rules.report import LONGEST_TEXT
from webforms.submissions import Form


class Typed(Protocol):
    """A dataclass of texts, one a field of the form, each with what an empty form shows."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


Kind = TypeVar("Kind", bound=Typed)


def names_of(kind: type[Typed]) -> tuple[str, ...]:
    """The fields of the form."""
    return tuple(one.name for one in fields(kind))


def typed_in(kind: type[Kind], form: Form) -> Kind:
    """Whatever stands in the form."""
    return kind(**{name: form.raw(name)[:LONGEST_TEXT] for name in names_of(kind)})


def typed_of(kind: type[Kind], held: Mapping[str, Any]) -> Kind:
    """Whatever the draft holds."""
    return kind(**{name: str(held[name]) for name in names_of(kind) if name in held})
