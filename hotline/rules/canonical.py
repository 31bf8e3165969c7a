"""One byte form for one value: a digest is met again after a trip through the database."""

import json
import math
from collections.abc import Mapping, Set
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from uuid import UUID

_HEAPS: Final = (Mapping, list, tuple, Set)
_PLAIN: Final = frozenset({str, int, bool, type(None)})
_SIMPLE: Final = (str, int, UUID, datetime, type(None))
_USUAL: Final = frozenset(_SIMPLE)
_WORD: Final = frozenset({str})


def canonical_json(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8. TypeError for a value without an agreed form."""
    if type(value) is dict and _is_flat(value):
        return _FLAT.encode(value).encode("utf-8", "surrogatepass")
    return _ENCODER.encode(_plain(value)).encode("utf-8", "surrogatepass")


def _is_flat(value: dict[Any, Any]) -> bool:
    """As the header of every event is: the encoder can do it alone, in a third of the time."""
    return _WORD.issuperset(map(type, value)) and (
        _USUAL.issuperset(map(type, value.values()))
        or all(isinstance(item, _SIMPLE) for item in value.values())
    )


def _plain(value: object) -> Any:
    if type(value) in _PLAIN:  # nearly everything, and every event of every report passes here
        return value
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, UUID | date) or not isinstance(value, _HEAPS):
        return _scalar(value)
    return _heap(value)


def _heap(value: object) -> Any:
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    assert isinstance(value, Set)
    return sorted((_plain(item) for item in value), key=canonical_json)


def _key(key: object) -> str:
    if type(key) is str:
        return key
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise TypeError(f"a key must be text, not {type(key).__name__}")
    return str(key)


def _scalar(value: object) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        # jsonb gives 1e22 back as a whole number: whole floats are written as whole numbers.
        return int(value) if math.isfinite(value) and value.is_integer() else value
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return _named(value)


def _instant(value: datetime) -> str:
    """The instant, in UTC: a timestamptz comes back in another zone, but is the same instant."""
    if value.tzinfo is not UTC and value.utcoffset() is None:
        raise ValueError("a datetime must carry its offset")
    moment = value if value.tzinfo is UTC else value.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")


def _usual(value: object) -> Any:
    """Of what an event's header holds beside plain words, these two come every time."""
    if type(value) is UUID:
        return str(value)
    return _instant(value) if type(value) is datetime else _scalar(value)


def _named(value: object) -> str | float:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} has no agreed form")


_FORM: Final[dict[str, Any]] = {
    "ensure_ascii": False,
    "sort_keys": True,
    "separators": (",", ":"),
    "allow_nan": False,
}
_ENCODER: Final = json.JSONEncoder(**_FORM)
_FLAT: Final = json.JSONEncoder(**_FORM, check_circular=False, default=_usual)
