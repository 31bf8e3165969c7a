"""奖励事实: what anybody at the reward desk may read, apart from what points at the reporter."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
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
        said["penalty"] = penalty_of(penalty)
    return Facts(**said)


def penalty_of(told: Mapping[str, Any]) -> Penalty:
    """As it is kept."""
    return Penalty(told.get("fine_fen"), _day(told.get("on")), told.get("daily_fen"))


def of_matter(told: Facts, known: Facts) -> Facts:
    """What is told of the matter, with what is known of another reporter and of the finding."""
    of_reporter = ("finding", "insider", "real_name", "joint_reporters", "earlier_rewarded")
    return replace(told, **{name: getattr(known, name) for name in of_reporter})


def lines_apart(lines: tuple[Line, ...]) -> tuple[list[Told], list[Told]]:
    """The lines of a computation: the open ones, and those that are sealed."""
    told = [(line.identity, {"rule": line.rule, **dict(line.values)}) for line in lines]
    return [one for sealed, one in told if not sealed], [one for sealed, one in told if sealed]


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
