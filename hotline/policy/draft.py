"""草案: a routing table not in force: read from TOML, checked line by line, laid in its place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.policy.load import json_ready
from hotline.policy.merge import Content, cited, is_table, merged
from hotline.policy.pack import Pack
from hotline.policy.store import chain
from hotline.policy.table import Fault, faults_of_table, known_to, routing_of
from hotline.policy.topics import Topic
from hotline.rules.toml_text import read_toml

TOPIC: Final = "routing"
_ROW: Final = re.compile(r"^\s*(?:\{|\[\[rule\]\])")
_RULES: Final = re.compile(r"^\s*rule\s*=\s*\[|^\s*\[\[rule\]\]")
NEEDED: Final = ("kind", "lead", "source", "mark")
LISTS: Final = frozenset({"co", "channels", "wishes", "words", "trades"})
CLAIMS: Final = frozenset({"emergency", "across", "fallback", "adds", "local_designation"})
Topics = Mapping[str, Mapping[str, Any]]  # jurisdiction → topic → content


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A row that does not compile: where it stands in the draft, and why."""

    line: int  # 0 where it cannot be told, or for an inherited row
    row: int
    about: str
    what: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """The pack as it would be, and the rows of it that do not compile."""

    pack: Pack
    faults: tuple[DraftFault, ...]
    own_rows: int  # these come first; the others are inherited


def read(text: str) -> dict[str, Any]:
    """The content of a draft. StepRefused("draft.toml") with the line when it is no TOML."""
    try:
        content: dict[str, Any] = json_ready(read_toml(text))
    except ValueError as error:
        raise StepRefused("draft.toml", what=str(error)) from error
    if not is_table(content.get("rule")):
        raise StepRefused("draft.no_rules")
    for number, row in enumerate(cited(content)["rule"], start=1):
        if lacking := [name for name in NEEDED if name not in row]:
            raise StepRefused("draft.row", row=number, what=f"no {', '.join(lacking)}")
        if wrong := [name for name, value in row.items() if not _is_shaped(name, value)]:
            raise StepRefused("draft.row", row=number, what=f"shape of {', '.join(wrong)}")
    return content


def _is_shaped(name: str, value: object) -> bool:
    """A text, a list of texts, a yes or no; what a field is called is checked elsewhere."""
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if name in CLAIMS:
        return isinstance(value, bool)
    return name == "hours" or isinstance(value, str)


def drafted(pack: Pack, topics: Topics, jurisdiction: str, content: Content, text: str) -> Drafted:
    """`content` in the place of the jurisdiction's own table, for a pack that inherits from it."""
    way = chain(pack.code, topics)
    own = {**topics.get(jurisdiction, {}), TOPIC: content}
    said = [own if code == jurisdiction else topics[code] for code in way]
    routing = Topic(pack.code, TOPIC, merged([one[TOPIC] for one in said if TOPIC in one]))
    offices = merged([one["departments"] for one in said if "departments" in one])
    known = known_to(pack.lexicon, pack.departments, pack.duties.keys(), pack.gazetteer)
    first = sum(
        len(topics[code][TOPIC]["rule"])
        for code in way[: way.index(jurisdiction)]
        if TOPIC in topics[code]
    )
    lines = row_lines(text)
    return Drafted(
        pack=replace(pack, routing=routing_of(routing, offices, known)),
        faults=tuple(_at_line(fault, lines, first) for fault in faults_of_table(routing, known)),
        own_rows=len(content["rule"]),
    )


def row_lines(text: str) -> list[int]:
    """The line each row of `rule` begins on; rows that share a line share it."""
    found, inside = [], False
    for number, line in enumerate(text.splitlines(), start=1):
        starts = _RULES.match(line)
        inside = inside or bool(starts)
        if inside and (_ROW.match(line) or (starts and "{" in line)):
            found.append(number)
    return found


def _at_line(fault: Fault, lines: list[int], first: int) -> DraftFault:
    at = fault.row - first - 1
    line = lines[at] if 0 <= at < len(lines) else 0
    return DraftFault(line, fault.row, fault.about, fault.what)


def as_version(content: Content, version: str, valid_from: date) -> dict[str, Any]:
    """The content as it will stand for ever under this name."""
    rest = {k: v for k, v in content.items() if k not in ("version", "valid_from", "valid_to")}
    return {"version": version, "valid_from": valid_from.isoformat(), **rest}


def same_rules(one: Content, other: Content) -> bool:
    """Whether two contents differ in nothing but their name and day."""
    day = date.min
    return as_version(one, "", day) == as_version(other, "", day)
