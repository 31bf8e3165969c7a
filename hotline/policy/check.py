"""规则包检查: what each pack knows, inherits and lacks, and what in it is wrong."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hotline.errors import PolicyGap
from hotline.policy.consistency import faults_of, gaps_of
from hotline.policy.load import TOPICS, PackFiles, TopicFile, chain, topics_of
from hotline.policy.merge import cited, is_table, row_key
from hotline.policy.naming import misnamed
from hotline.policy.pack import from_topics

# V read in full, Vx read in an excerpt, K general knowledge, N looked for and not found.
MARKS: Final = ("V", "Vx", "K", "N")
PREFIX: Final = re.compile("[A-Z]{1,6}")


@dataclass(frozen=True, slots=True)
class TopicState:
    """Where a pack's topic comes from, with how many rows carry which mark."""

    pack: str
    topic: str
    state: Literal["known", "inherited", "missing"]
    of: str  # the pack it stands in
    version: str
    sources: tuple[str, ...]
    marks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to add (a gap) or to mend (a fault)."""

    pack: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole report. Gaps are honest; faults stop a release."""

    states: tuple[TopicState, ...]
    gaps: tuple[Remark, ...]
    faults: tuple[Remark, ...]


def check(packs: Mapping[str, PackFiles]) -> Checked:
    """Every pack by itself for its citations; every serving pack with what it inherits."""
    faults = [
        fault
        for pack in packs.values()
        for fault in (*_uncited(pack), *_twice(pack), *_misnamed(pack))
    ]
    missing = [state for state in _states(packs) if state.state == "missing"]
    gaps = [Remark(state.pack, state.topic, "no such topic") for state in missing]
    gaps.extend(gap for code in sorted(packs) for gap in _said_unknown(packs[code]))
    for code in sorted(packs):
        if packs[code].serves:
            _consider(packs, code, gaps, faults)
    faults.extend(_shared_prefixes(packs))
    return Checked(tuple(_states(packs)), tuple(gaps), tuple(faults))


def _consider(
    packs: Mapping[str, PackFiles], code: str, gaps: list[Remark], faults: list[Remark]
) -> None:
    topics = topics_of(packs, code)
    try:
        pack = from_topics(code, topics)
    except PolicyGap as gap:
        faults.append(Remark(code, gap.topic, f"does not say {gap.missing}"))
        return
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        # a value of another shape than the rules expect: told by its kind, never guessed
        faults.append(Remark(code, "", f"{type(wrong).__name__}: {wrong}"[:200]))
        return
    faults.extend(Remark(code, topic, text) for topic, text in faults_of(pack, topics))
    gaps.extend(Remark(code, topic, text) for topic, text in gaps_of(pack, topics))


def _states(packs: Mapping[str, PackFiles]) -> Iterator[TopicState]:
    for code in sorted(packs):
        way = chain(packs, code)
        for topic in TOPICS:
            holders = [pack for pack in way if topic in pack.topics]
            if holders or packs[code].parent:
                yield _state(code, topic, holders)


def _state(code: str, topic: str, holders: list[PackFiles]) -> TopicState:
    if not holders:
        return TopicState(code, topic, "missing", "", "", (), {})
    own = holders[0].code == code
    file = holders[0].topics[topic]
    rows = [row for _, row in _rows(file)]
    return TopicState(
        pack=code,
        topic=topic,
        state="known" if own else "inherited",
        of=holders[0].code,
        version=file.version,
        sources=tuple(dict.fromkeys(str(row.get("source", "")) for row in rows)),
        marks=Counter(str(row.get("mark", "")) for row in rows),
    )


def _uncited(pack: PackFiles) -> Iterator[Remark]:
    """A row, or a topic of single values, without its source or its mark."""
    for topic, file in pack.topics.items():
        for name, row in _rows(file):
            if not row.get("source"):
                yield Remark(pack.code, topic, f"{name}: no source")
            if row.get("mark") not in MARKS:
                yield Remark(pack.code, topic, f"{name}: no mark")


def _shared_prefixes(packs: Mapping[str, PackFiles]) -> Iterator[Remark]:
    """A number tells whose it is by its prefix."""
    known = [(code, packs[code].topics["identity"].content.get("prefix")) for code in sorted(packs)]
    counted = Counter(prefix for _, prefix in known if prefix)
    for code, prefix in known:
        if prefix and not PREFIX.fullmatch(str(prefix)):
            yield Remark(code, "identity", f"prefix {prefix}: one to six capital letters")
        if counted[prefix] > 1:
            yield Remark(code, "identity", f"prefix {prefix}: stands in two packs")


def _said_unknown(pack: PackFiles) -> Iterator[Remark]:
    """What a file itself says was looked for and not found."""
    for topic, file in pack.topics.items():
        yield from (Remark(pack.code, topic, f"unknown: {what}") for what in _unknown(file))


def _unknown(file: TopicFile) -> list[str]:
    said = file.content.get("unknown", [])
    return [str(what) for what in said] if isinstance(said, list) else [str(said)]


def _twice(pack: PackFiles) -> Iterator[Remark]:
    """Two rows of one key in one table: one of them would silently be lost."""
    for topic, file in pack.topics.items():
        for table, rows in file.content.items():
            if is_table(rows):
                keys = Counter(row_key(table, row) for row in rows)
                for key in (key for key, count in keys.items() if count > 1):
                    yield Remark(pack.code, topic, f"{table} {' '.join(key)}: stands twice")


def _misnamed(pack: PackFiles) -> Iterator[Remark]:
    """A name that nothing reads: what stands under it would silently not hold."""
    for topic, file in pack.topics.items():
        for name in misnamed(topic, file.content):
            yield Remark(pack.code, topic, f"{name}: a name that nothing reads")


def _rows(file: TopicFile) -> list[tuple[str, Mapping[str, object]]]:
    """Every row with the file's citation written in; the file itself when it has no tables."""
    tables = {key: rows for key, rows in cited(file.content).items() if is_table(rows)}
    rows = [(_name(key, row), row) for key, table in tables.items() for row in table]
    return rows or [("the file", file.content)]


def _name(table: str, row: Mapping[str, object]) -> str:
    return f"{table} {row.get('code') or row.get('kind') or row.get('name')}"
