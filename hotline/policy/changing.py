"""改规则: a topic as it would be, laid in its place for every pack that inherits from it.

What a desk may change: whom there is, why a matter is not taken, what is said, shown and measured.
Who a pack is, its places, its money and its protection of reporters change with the files alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.errors import PolicyGap, StepRefused
from hotline.policy.check import MARKS
from hotline.policy.consistency import faults_of
from hotline.policy.load import json_ready
from hotline.policy.merge import Content, cited, is_table
from hotline.policy.pack import Pack, from_topics
from hotline.policy.store import Packs, chain, topics_laid
from hotline.rules.toml_text import read_toml

EDITABLE: Final = (
    "departments",
    "acceptance",
    "texts",
    "disclosure",
    "phone",
    "referral",
    "assessment",
)

Topics = Mapping[str, Mapping[str, Any]]  # jurisdiction → topic → content


@dataclass(frozen=True, slots=True)
class Change:
    """One topic of one jurisdiction, as somebody wants it to be."""

    jurisdiction: str
    topic: str
    content: Content


@dataclass(frozen=True, slots=True)
class Changed:
    """A pack before and, if it can be built at all, after; `faults`: what the change breaks."""

    before: Pack
    after: Pack | None
    faults: tuple[str, ...]


def read_topic(text: str) -> dict[str, Any]:
    """The content of a draft, each row with source and mark. StepRefused says what is wrong."""
    try:
        content: dict[str, Any] = json_ready(read_toml(text))
    except ValueError as error:
        raise StepRefused("draft.toml", what=str(error)) from error
    for table, rows in cited(content).items():
        for number, row in enumerate(rows if is_table(rows) else (), start=1):
            if not row.get("source") or row.get("mark") not in MARKS:
                raise StepRefused("draft.uncited", table=table, row=number)
    return content


def changed(known: Packs, topics: Topics, change: Change) -> tuple[Changed, ...]:
    """For the jurisdiction and whichever inherits from it, the widest first."""
    after = {
        **topics,
        change.jurisdiction: {
            **topics.get(change.jurisdiction, {}),
            change.topic: change.content,
        },
    }
    return tuple(
        _changed(pack, topics, after)
        for pack in known.serving()
        if change.jurisdiction in chain(pack.code, topics)
    )


def _changed(pack: Pack, before: Topics, after: Topics) -> Changed:
    try:
        made = from_topics(pack.code, topics_laid(pack.code, after))
    except PolicyGap as gap:
        return Changed(pack, None, (f"{gap.topic}: {gap.missing}",))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        # a value of another shape than the rules expect: told by its kind, never guessed
        return Changed(pack, None, (f"{type(error).__name__}: {error}"[:200],))
    stood = set(_faults(pack, before))
    new = (one for one in _faults(made, after) if one not in stood)
    return Changed(pack, made, tuple(new))


def _faults(pack: Pack, topics: Topics) -> Iterator[str]:
    laid = topics_laid(pack.code, topics)
    return (f"{topic}: {what}" for topic, what in faults_of(pack, laid))
