"""规则包导出: a topic's content written back as TOML, one row a line, so that two compare."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from hotline.policy.merge import is_table

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
DAYS: Final = ("valid_from", "valid_to")
# the database keeps no order of keys: the head of a file, then a row as it is read
FIRST: Final = (
    "version", "valid_from", "valid_to", "kind", "code", "name", "place", "channels", "wishes",
    "emergency", "across", "words", "hours", "trades", "fallback", "adds", "lead", "co",
    "law", "local_designation", "source", "mark",
)  # fmt: skip


def as_toml(content: Mapping[str, Any]) -> str:
    """The same content when read again; comments of a file are not content."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in content.items() if isinstance(value, dict)}
    for key, value in _in_order(content):
        if is_table(value):
            yield f"\n{_key(key)} = ["
            yield from (f"  {_value(row)}," for row in value)
            yield "]"
        elif key not in tables and value is not None:
            yield f"{_key(key)} = {_value(value, is_day=key in DAYS)}"
    for key, table in tables.items():
        yield f"\n[{_key(key)}]"
        yield from (f"{_key(name)} = {_value(value)}" for name, value in table.items())


def _value(value: Any, *, is_day: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return date.fromisoformat(value).isoformat() if is_day else _text(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, dict):
        pairs = (
            f"{_key(key)} = {_value(one, is_day=key in DAYS)}" for key, one in _in_order(value)
        )
        return f"{{ {', '.join(pairs)} }}"
    return repr(value)


def _in_order(content: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Single values before tables of rows, known keys before others."""
    known = {name: place for place, name in enumerate(FIRST)}
    return sorted(
        content.items(),
        key=lambda pair: (is_table(pair[1]), known.get(pair[0], len(known)), pair[0]),
    )


def _text(value: str) -> str:
    """A JSON string is a TOML string but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
