"""One table of a profile being read: what nobody asked for at the end is a fault."""

import ipaddress
from typing import Any

from hotline.errors import HotlineError
from hotline.rules.partner_expressions import Expression, expression
from hotline.rules.wording_holes import holes


class ProfileError(HotlineError):
    """The profile cannot be used; says what is wrong with it, never a secret."""


class Table:
    """Each value is taken once; `close` finds what is left over."""

    def __init__(self, content: Any, path: str) -> None:
        self.path = path
        if not isinstance(content, dict):
            raise self.wrong("", "is no table")
        self.content: dict[str, Any] = dict(content)

    def wrong(self, name: str, what: str) -> ProfileError:
        """The fault, with its place."""
        return ProfileError(f"{'.'.join(one for one in (self.path, name) if one)}: {what}")

    def has(self, name: str) -> bool:
        """Whether it is there."""
        return name in self.content

    def names(self) -> list[str]:
        """What is left of it."""
        return list(self.content)

    def take(self, name: str) -> Any:
        """A value as it stands."""
        return self.content.pop(name, None)

    def inner(self, name: str) -> "Table":
        """A table within; an empty one when there is none."""
        path = f"{self.path}.{name}".lstrip(".")
        return Table(self.content.pop(name, {}), path)

    def tables(self) -> list[tuple[str, "Table"]]:
        """Every table within."""
        return [(name, self.inner(name)) for name in self.names()]

    def text(self, name: str, *, need: bool = False) -> str:
        """A text, "" for none."""
        value = self.content.pop(name, "")
        if not isinstance(value, str) or (need and not value):
            raise self.wrong(name, "is no text" if value else "is missing")
        return value

    def wording(self, name: str, known: frozenset[str]) -> str:
        """A text with holes."""
        value = self.text(name)
        self.check(value, known)
        return value

    def check(self, wording: str, known: frozenset[str]) -> None:
        """It asks for nothing that nobody gives."""
        try:
            unknown = holes(wording) - known
        except ValueError as error:
            raise self.wrong("", f"{wording!r}: {error}") from error
        if unknown:
            raise self.wrong("", f"nobody gives {sorted(unknown)}")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of words."""
        value = self.content.pop(name, [])
        if not isinstance(value, list):
            raise self.wrong(name, "is no list")
        return tuple(map(str, value))

    def one_of(self, name: str, offered: Any, otherwise: str | None = None) -> str:
        """One of a list."""
        value = self.content.pop(name, otherwise)
        if value not in offered and value != otherwise:
            raise self.wrong(name, f"is one of {', '.join(offered)}")
        if value is None:
            raise self.wrong(name, f"is missing: one of {', '.join(offered)}")
        return str(value)

    def whole(self, name: str, otherwise: int) -> int:
        """A small whole number."""
        value = self.content.pop(name, otherwise)
        if not isinstance(value, int) or not 0 < value < 1000:
            raise self.wrong(name, "is no whole number below 1000")
        return value

    def flag(self, name: str) -> bool:
        """true, or not."""
        return self.content.pop(name, False) is True

    def expression(self, name: str) -> Expression | None:
        """An expression, None for none."""
        return self.where(name) if name in self.content else None

    def where(self, name: str) -> Expression:
        """An expression that must be there."""
        try:
            return expression(self.text(name, need=True))
        except ValueError as error:
            raise self.wrong(name, str(error)) from error

    def network(self, value: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
        """An address or a range of them."""
        try:
            return ipaddress.ip_network(value)
        except ValueError as error:
            raise self.wrong("addresses", str(error)) from error

    def close(self) -> None:
        """Whatever is left was meant for nobody."""
        if self.content:
            raise self.wrong(next(iter(self.content)), "is not known here")
