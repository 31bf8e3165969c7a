"""模板消息: which approved template says which message, as data.

WECHAT_TEMPLATES names a TOML file with one [[account]] each. A message without a template is not
sent by WeChat; it goes by mail or short message, or stays on the progress page.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

PATHS: Final = {
    "template": "/cgi-bin/message/template/send",
    "subscribe": "/cgi-bin/message/subscribe/bizsend",
}
# a lock screen shows these: nothing of the matter, nor which authority has it
GIVEN: Final = frozenset({"number", "progress_url", "text"})


class TemplatesError(ValueError):
    """The file of templates cannot be used; says which account and why."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One template: its id at the platform, and what fills its fields."""

    id: str
    fields: Mapping[str, str]
    kind: str = "template"
    link: bool = True  # leads to the progress page


@cache
def templates(path: Path) -> Mapping[tuple[str, str], Approved]:
    """(account, message key) → template. TemplatesError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise TemplatesError(f"templates: {type(wrong).__name__}") from wrong
    return {
        (str(account.get("name", "")), key): _approved(key, row)
        for account in content.get("account", [])
        for key, row in account.get("templates", {}).items()
    }


def _approved(key: str, row: Mapping[str, Any]) -> Approved:
    try:
        fields = {name: str(value) for name, value in row["fields"].items()}
        one = Approved(**{**row, "fields": fields})
    except (KeyError, TypeError, AttributeError) as wrong:
        raise TemplatesError(f"{key}: {wrong}") from wrong
    if one.kind not in PATHS:
        raise TemplatesError(f"{key}: kind is one of {', '.join(PATHS)}")
    for wording in one.fields.values():
        holes = {name for _, name, _, _ in Formatter().parse(wording) if name is not None}
        if unknown := holes - GIVEN:
            raise TemplatesError(f"{key}: nobody gives {sorted(unknown)}")
    return one
