"""The catalogue: one wording a message key and language, as shipped; checked when read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from hotline.rules.wordings import AT_TIMES, KNOWN, Template

FOLDER: Final = Path(__file__).parent / "messages"
LANGUAGES: Final = ("zh", "en")
DEFAULT: Final = "zh"
WORDS: Final = "word"  # the table of single words that stand for a value


def template(key: str, language: str = DEFAULT) -> Template:
    """The wording of a key; KeyError when there is none."""
    return catalogue(language)[key]


def word(name: str, language: str = DEFAULT) -> str:
    """The word for a value such as closing.interim."""
    family, _, member = name.partition(".")
    return str(_read(language)[WORDS][family][member])


@cache
def catalogue(language: str) -> Mapping[str, Template]:
    """Every wording of a language; ValueError when one asks for a value that is never given."""
    found = {}
    for family, known in KNOWN.items():
        for name, table in _read(language).get(family, {}).items():
            one = Template(f"{family}.{name}", **table)
            if unknown := one.holes() - known:
                raise ValueError(f"{language}: {one.key} asks for {sorted(unknown)}")
            found[one.key] = one
    return found


def given(key: str) -> frozenset[str]:
    """The values that this message is always given: what the shipped wordings use, beside those
    that every message of its family has."""
    shipped = [catalogue(language)[key] for language in LANGUAGES]
    used = frozenset(name for one in shipped for name in one.holes())
    return (KNOWN[shipped[0].family] - AT_TIMES) | used


@cache
def _read(language: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
