"""列映射 as a person sets it on a page: which heading of the table fills which of our fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from hotline.errors import StepRefused
from hotline.rules.import_rows import FIELDS, Columns
from hotline.rules.terms import Channel, Wish

# in the order in which a person looks for them
OFFERED: Final = (
    "number", "time", "text", "title", "county", "township", "landmark", "source_name", "kinds",
    "occurred", "wish", "channel", "secrecy", "name", "phone", "email", "paper_date", "outlet",
    "url", "longitude", "latitude", "system", "accuracy_m",
)  # fmt: skip
LONGEST_SOURCE: Final = 64


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """How a table is read. `source` makes its rows known again when they come once more."""

    source: str
    columns: Mapping[str, str] = field(default_factory=dict)  # our field → the table's heading
    channel: Channel = Channel.IMPORT
    wish: Wish = Wish.COMPLAIN
    history: bool = False


def guessed(headings: Iterable[str], known: Sequence[Columns]) -> dict[str, str]:
    """Our field → the heading that some mapping reads it from; each heading once."""
    held, found = list(headings), dict[str, str]()
    for one in known:
        for name, several in one.columns.items():
            hit = next((heading for heading in several if heading in held), None)
            if hit and name in OFFERED and name not in found and hit not in found.values():
                found[name] = hit
    return found


def columns_of(plan: BatchPlan, known: Sequence[Columns]) -> Columns:
    """The mapping of a plan; words and times are read as every mapping reads them."""
    words: dict[str, dict[str, str]] = {}
    for one in known:
        for name, meant in one.words.items():
            words.setdefault(name, {}).update(meant)
    return Columns(
        name=plan.source,
        needs=tuple(dict.fromkeys(plan.columns.values())),
        columns={name: (heading,) for name, heading in plan.columns.items()},
        defaults={"wish": plan.wish.value, "channel": plan.channel.value},
        words=words,
        times=tuple(dict.fromkeys(pattern for one in known for pattern in one.times)),
    )


def checked(plan: BatchPlan, headings: Iterable[str]) -> BatchPlan:
    """A plan that can be run. StepRefused says what is missing."""
    held = set(headings)
    if unknown := sorted(set(plan.columns) - FIELDS):
        raise StepRefused("batch.no_field", field=unknown[0])
    if lost := sorted(set(plan.columns.values()) - held):
        raise StepRefused("batch.no_heading", heading=lost[0])
    if "text" not in plan.columns:
        raise StepRefused("batch.no_text")
    if plan.history and "time" not in plan.columns:
        raise StepRefused("batch.no_time")
    if not plan.source or len(plan.source) > LONGEST_SOURCE or not plan.source.isprintable():
        raise StepRefused("batch.bad_source", most=LONGEST_SOURCE)
    return plan


def plan_fields(plan: BatchPlan) -> dict[str, Any]:
    """As it is stored: headings are the table's, no row of it."""
    return {
        "source": plan.source,
        "columns": dict(plan.columns),
        "channel": plan.channel.value,
        "wish": plan.wish.value,
        "history": plan.history,
    }


def plan_of(stored: Mapping[str, Any]) -> BatchPlan:
    """As it was stored."""
    return BatchPlan(
        source=stored["source"],
        columns=stored["columns"],
        channel=Channel(stored["channel"]),
        wish=Wish(stored["wish"]),
        history=stored["history"],
    )
