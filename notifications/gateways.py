"""短信网关: how one HTTP gateway wants its requests and what its answers mean, as data.

SMS_GATEWAYS names a TOML file with one [[gateway]] each, in order of preference. Nothing of a
provider stands in code: fields, signature and answer codes are the file's.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal

from hotline.rules.signing import SCHEMES

BODIES: Final = ("json", "form", "query")
GIVEN: Final = frozenset(
    {"account", "secret", "phone", "text", "template", "params", "reference"}
    | {"timestamp", "millis", "nonce", "signature", "sorted"}
)


class ProfileError(ValueError):
    """The file of gateways cannot be used; says which gateway and why, no secret."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A wording the operator has approved: its id there, and the order of its parameters."""

    id: str
    params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the code of an answer lies (`a.b`; "" the HTTP status), and what it means."""

    code: str = ""
    taken: tuple[str, ...] = ("200",)
    never: tuple[str, ...] = ()  # another try would fail alike: a number that does not exist


@dataclass(frozen=True, slots=True)
class Gateway:
    """One provider."""

    name: str
    url: str
    fields: Mapping[str, str]
    headers: Mapping[str, str]
    answers: Answers
    templates: Mapping[str, Approved]
    account: str = ""
    secret: str = field(default="", repr=False)
    body: Literal["json", "form", "query"] = "json"
    sign: str = ""
    sign_over: str = ""
    within: bool = False  # an address inside the house, over plain HTTP too
    timeout: float = 8.0


@cache
def gateways(path: Path) -> tuple[Gateway, ...]:
    """Every gateway of the file; ProfileError when one cannot be used."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ProfileError(f"gateways: {type(wrong).__name__}") from wrong
    found = tuple(_gateway(row) for row in content.get("gateway", []))
    if len({one.name for one in found}) != len(found):
        raise ProfileError("gateways: two of one name")
    return found


def _gateway(row: Mapping[str, Any]) -> Gateway:
    name = str(row.get("name", ""))
    templates = row.get("templates", {})
    try:
        one = Gateway(
            **{
                **row,
                "fields": _strings(row["fields"]),
                "headers": _strings(row.get("headers", {})),
                "answers": Answers(**_tuples(row.get("answers", {}))),
                "templates": {key: Approved(**_tuples(value)) for key, value in templates.items()},
            }
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ProfileError(f"{name or 'a gateway'}: {wrong}") from wrong
    _check(one)
    return one


def _check(one: Gateway) -> None:
    scheme = one.url.partition("://")[0]
    if scheme != "https" and not (one.within and scheme == "http"):
        raise ProfileError(f"{one.name}: an address outside is https")
    if one.body not in BODIES:
        raise ProfileError(f"{one.name}: body is one of {', '.join(BODIES)}")
    if one.sign not in SCHEMES:
        raise ProfileError(f"{one.name}: sign is one of {', '.join(sorted(SCHEMES))}")
    for wording in (*one.fields.values(), *one.headers.values(), one.sign_over):
        if unknown := _holes(wording) - GIVEN:
            raise ProfileError(f"{one.name}: nobody gives {sorted(unknown)}")


def _holes(wording: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(wording) if name is not None}


def _strings(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in table.items()}


def _tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(map(str, value)) if isinstance(value, list) else value
        for name, value in table.items()
    }
