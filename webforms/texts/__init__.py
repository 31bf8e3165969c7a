"""Wording of the pages: `texts/<language>/<part>.toml`, keys joined by dots."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
DEFAULT: Final = "zh"
FOLDER: Final = Path(__file__).parent


def text(key: str, language: str = DEFAULT, **values: object) -> str:
    """The wording of a key; English falls back to Chinese, an unknown key is an error."""
    found = catalogue(language).get(key) or catalogue(DEFAULT)[key]
    return found.format_map(values) if values else found


def has_text(key: str) -> bool:
    """Whether a key is worded at all."""
    return key in catalogue(DEFAULT)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Every text of one language; the same key in two files is an error."""
    found: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        for key, wording in _flat(tomllib.loads(path.read_text(encoding="utf-8")), ""):
            if key in found:
                raise ValueError(f"{path.name}: {key} is worded twice")
            found[key] = wording
    return found


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
