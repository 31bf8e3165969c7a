"""What an officer has established, read from a JSON file; anything unclear is refused by name."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from hotline.commands.launch.words import Trouble
from hotline.rules.reward import Facts, Penalty

FIELDS: Final = {
    "kind": str,
    "tier": str,
    "finding": str,
    "penalty": dict,
    "criminal_transfer": bool,
    "statutory_max_fen": int,
    "insider": bool,
    "real_name": bool,
    "joint_reporters": int,
    "earlier_rewarded": bool,
    "first_public_at": date,
    "campaign": str,
}
OF_PENALTY: Final = {"fine_fen": int, "date": date, "daily_fen": int}
SAID_AS_STRING: Final = (str, int, bool)


def read_facts(path: Path) -> Facts:
    """Trouble in one line for a file that is no JSON object, an unknown field or a wrong value."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise Trouble(f"读不出事实文件：{path}", "the facts are not readable JSON") from wrong
    if not isinstance(said, dict):
        raise Trouble("事实文件应是一个 JSON 对象", "the facts are not one JSON object")
    values = _values(said, FIELDS)
    if "penalty" in values:
        penalty = _values(values["penalty"], OF_PENALTY)
        penalty["on"] = penalty.pop("date", None)
        values["penalty"] = Penalty(**penalty)
    if values.get("joint_reporters", 1) < 1:
        raise Trouble("联名人数至少为 1", "joint_reporters is at least 1")
    return Facts(**values)


def _values(said: Mapping[str, Any], fields: Mapping[str, type]) -> dict[str, Any]:
    if unknown := sorted(set(said) - set(fields)):
        raise Trouble(f"不认识的字段：{'、'.join(unknown)}", f"unknown: {', '.join(unknown)}")
    return {name: _value(name, one, fields[name]) for name, one in said.items() if one is not None}


def _value(name: str, said: Any, kind: type) -> Any:
    if kind is str and isinstance(said, SAID_AS_STRING):
        return "" if said is False else str(said).lower() if said is True else str(said)
    if kind is date and isinstance(said, str):
        return _day(name, said)
    if kind is int and isinstance(said, int) and not isinstance(said, bool) and said >= 0:
        return said
    if kind in {bool, dict} and isinstance(said, kind):
        return said
    raise Trouble(f"字段 {name} 的值不对：{said!r}", f"wrong value of {name}")


def _day(name: str, said: str) -> date:
    try:
        return date.fromisoformat(said[:10])
    except ValueError as wrong:
        raise Trouble(f"字段 {name} 不是日期：{said}", f"{name} is no date") from wrong
