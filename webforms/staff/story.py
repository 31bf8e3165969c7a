"""履历 in words: each line of a history as a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from hotline.lookups.history import Line
from hotline.rules.terms import ActorKind
from webforms.texts import has_text
from webforms.visit import current

TERMS: Final[Mapping[str, str]] = {
    "finding": "term.finding",
    "kind": "term.text",
    "relation": "term.relation",
    "channel": "term.channel",
    "cause": "cause",
    "checked": "inspect.outcome",
    "tried": "follow.result",
    "review": "review.kind",
    "outcome": "review.outcome",
}
HIDDEN: Final = frozenset({"version", "texts", "stage"})


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what, when, by whom, about which report, and the facts."""

    what: str
    at: datetime
    who: str
    of: str
    facts: tuple[tuple[str, str], ...]


def told(lines: tuple[Line, ...]) -> list[Told]:
    """The newest first."""
    return [_told(line) for line in reversed(lines)]


def _told(line: Line) -> Told:
    t = current().t
    key = f"term.step.{line.step}"
    facts = [(name, _words(name, value)) for name, value in line.facts.items()]
    return Told(
        what=t(key if has_text(key) else "term.step.other"),
        at=line.at,
        who=" ".join(filter(None, (line.department, line.who))) or _kind(line.kind),
        of=line.of,
        facts=tuple((t(f"fact.{name}"), words) for name, words in facts if words),
    )


def _kind(kind: ActorKind) -> str:
    return current().t(f"actor.{kind}")


def _words(name: str, value: Any) -> str:
    """Nothing for what says nothing to a reader: versions, empty remarks, a plain no."""
    if name in HIDDEN or value in (None, "", False) or not has_text(f"fact.{name}"):
        return ""
    if value is True:
        return current().t("fact.yes")
    key = f"{TERMS[name]}.{value}" if name in TERMS else ""
    return current().t(key) if has_text(key) else str(value)
