"""奖励事实: what anybody at the reward desk may read, apart from what points at the reporter."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final

from hotline.rules.reward import Facts, Line, Penalty

# whether an insider, under what name, how many: sealed under the report's own key
IDENTITY: Final = ("insider", "real_name", "joint_reporters")
DAYS: Final = ("first_public_at",)

Told = dict[str, Any]


def parted(facts: Facts) -> tuple[Told, Told]:
    """Plain values for the database: the open ones, and those that are sealed."""
    said = asdict(facts)
    for name in DAYS:
        said[name] = said[name].isoformat() if said[name] else None
    if facts.penalty is not None and facts.penalty.on is not None:
        said["penalty"]["on"] = facts.penalty.on.isoformat()
    sealed = {name: said.pop(name) for name in IDENTITY}
    return said, sealed


def facts_of(told: Mapping[str, Any], sealed: Mapping[str, Any]) -> Facts:
    """The facts again; without the sealed ones nothing is known of the reporter."""
    known = {one.name for one in fields(Facts)}
    said = {name: value for name, value in {**told, **sealed}.items() if name in known}
    for name in DAYS:
        said[name] = _day(said.get(name))
    if penalty := said.get("penalty"):
        said["penalty"] = Penalty(
            penalty.get("fine_fen"), _day(penalty.get("on")), penalty.get("daily_fen")
        )
    return Facts(**said)


def lines_apart(lines: tuple[Line, ...]) -> tuple[list[Told], list[Told]]:
    """The lines of a computation: the open ones, and those that are sealed."""
    told = [(line.identity, {"rule": line.rule, **dict(line.values)}) for line in lines]
    return [one for sealed, one in told if not sealed], [one for sealed, one in told if sealed]


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
