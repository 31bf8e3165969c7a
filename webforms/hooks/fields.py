"""One field of a delivery at a time: strictly read, or a fault with the field's name."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar

from hotline.rules.storable import storable

EARLIEST: Final = date(1950, 1, 1)
ONE_DAY: Final = timedelta(days=1)

Term = TypeVar("Term", bound=StrEnum)
Value = TypeVar("Value")


class Fields:
    """A JSON object being read: every fault is noted, what nobody asked for is left over."""

    def __init__(self, given: Mapping[str, Any], prefix: str = "") -> None:
        self._given = {name: value for name, value in given.items() if value is not None}
        self._prefix = prefix
        self.faults: dict[str, str] = {}

    def left(self) -> dict[str, Any]:
        """Fields that are none of ours."""
        return self._given

    def fault(self, name: str, key: str) -> None:
        """Note what is wrong with a field; the first fault of a field stands."""
        self.faults.setdefault(self._prefix + name, key)

    def text(self, name: str) -> str:
        """Text as told: lone surrogates and NUL, which no database takes, are replaced."""
        return storable(self._string(name)) if name in self._given else ""

    def word(self, name: str, longest: int) -> str:
        """A short machine word: printable, on one line."""
        if name not in self._given or not (value := self._string(name).strip()):
            return ""
        if len(value) > longest:
            self.fault(name, "field.too_long")
        elif not value.isprintable():
            self.fault(name, "field.not_printable")
        else:
            return value
        return ""

    def flag(self, name: str) -> bool:
        """true or false; nothing else stands for them."""
        if name not in self._given:
            return False
        value = self._given.pop(name)
        if isinstance(value, bool):
            return value
        self.fault(name, "field.not_boolean")
        return False

    def number(self, name: str) -> float | None:
        """A number, whole or not."""
        if name not in self._given:
            return None
        value = self._given.pop(name)
        try:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
        except OverflowError:
            pass
        self.fault(name, "field.not_number")
        return None

    def term(self, name: str, terms: type[Term], otherwise: Term) -> Term:
        """One of the words of a list."""
        if name not in self._given:
            return otherwise
        value = self._given.pop(name)
        try:
            return terms(value)
        except ValueError:
            self.fault(name, "field.not_offered")
            return otherwise

    def words(self, name: str, most: int) -> tuple[str, ...]:
        """A list of words."""
        if name not in self._given:
            return ()
        value = self._given.pop(name)
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            if len(value) <= most:
                return tuple(dict.fromkeys(value))
            self.fault(name, "field.too_many")
        else:
            self.fault(name, "field.not_list")
        return ()

    def moment(self, name: str, now: datetime) -> datetime | None:
        """A moment with its offset from UTC (RFC 3339), in living memory."""
        if name not in self._given:
            return None
        value = self._parsed(name, datetime.fromisoformat, "field.not_time")
        if value is not None and value.tzinfo is None:
            self.fault(name, "field.no_offset")
            return None
        if value is None or self._remembered(name, value.date(), now):
            return value
        return None

    def day(self, name: str, now: datetime) -> date | None:
        """A day (RFC 3339), in living memory."""
        if name not in self._given:
            return None
        value = self._parsed(name, date.fromisoformat, "field.not_day")
        return value if value is None or self._remembered(name, value, now) else None

    def inner(self, name: str) -> "Fields":
        """An object within; its faults carry its name."""
        value = self._given.pop(name, {})
        if not isinstance(value, dict):
            self.fault(name, "field.not_object")
            value = {}
        return Fields(value, f"{name}.")

    def _string(self, name: str) -> str:
        value = self._given.pop(name, None)
        if value is None or isinstance(value, str):
            return value or ""
        self.fault(name, "field.not_text")
        return ""

    def _remembered(self, name: str, day: date, now: datetime) -> bool:
        if EARLIEST <= day <= now.date() + ONE_DAY:
            return True
        self.fault(name, "field.out_of_time")
        return False

    def _parsed(self, name: str, parse: Callable[[str], Value], key: str) -> Value | None:
        value = self._string(name)
        if not value or self._prefix + name in self.faults:
            return None
        try:
            return parse(value)
        except ValueError:
            self.fault(name, key)
            return None
