"""From the cited rows of 派单目录 to its rules; a row that no longer compiles says why."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any, Final

from hotline.policy.merge import Content
from hotline.policy.topics import Topic
from hotline.rules.accused import Offices
from hotline.rules.classifying import Lexicon
from hotline.rules.departments import Directory
from hotline.rules.places import Gazetteer
from hotline.rules.routing import Rule, When
from hotline.rules.terms import Channel, Wish

FIELDS: Final = {
    "kind", "place", "channels", "wishes", "emergency", "across", "words", "hours", "trades",
    "lead", "co", "law", "source", "mark", "local_designation", "fallback", "adds",
}  # fmt: skip
HOURS: Final = 24


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may speak of."""

    kinds: Set[str]
    owners: Set[str]
    closed: Set[str]  # departments without a desk
    trades: Set[str]
    places: Gazetteer


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that does not compile, and why."""

    row: int
    about: str  # the row's kind and place
    what: str


def known_to(
    lexicon: Lexicon, departments: Directory, duties: Set[str], places: Gazetteer
) -> Known:
    """The kinds, duties, departments, trades and places of a pack."""
    return Known(
        kinds={kind.code for kind in lexicon.kinds if kind.ours},
        owners=duties | {one.code for one in departments},
        closed={one.code for one in departments if not one.desk},
        trades={trade.code for trade in lexicon.industries},
        places=places,
    )


def offices_of(topic: Topic, departments: Directory, places: Gazetteer) -> Offices:
    """The departments by what people call them: 环保局 stands beside 生态环境局."""
    codes = {one.code.rpartition(".")[0] for one in departments}
    named = {code: place for code in codes if (place := places.get(code))}
    said = {str(row["code"]): tuple(row.get("said", ())) for row in topic.rows("duty")}
    names = {code: (place.name, *place.aliases) for code, place in named.items()}
    short = {name: str(row["code"]) for row in topic.rows("duty") for name in row.get("short", ())}
    return Offices(departments, said, names, short)


def routing_of(topic: Topic, departments: Content, known: Known) -> tuple[Rule, ...]:
    """`answers_for`: a duty that in this jurisdiction is another duty's department."""
    answers_for = departments.get("answers_for", {})

    def owner(name: str) -> str:
        return str(answers_for.get(name, name))

    return tuple(
        Rule(
            kind=topic.need("kind", row),
            place=row.get("place", ""),
            when=_when(row),
            lead=owner(topic.need("lead", row)),
            co=tuple(owner(duty) for duty in row.get("co", ())),
            law=row.get("law", ""),
            source=topic.need("source", row),
            mark=topic.need("mark", row),
            local_designation=row.get("local_designation", False),
            fallback=row.get("fallback", False),
            adds=row.get("adds", False),
            broken="; ".join(fault.what for fault in _faults(number, row, known)),
            row=number,
        )
        for number, row in enumerate(topic.rows("rule"), start=1)
    )


def faults_of_table(topic: Topic, known: Known) -> tuple[Fault, ...]:
    """Every row that does not compile."""
    rows = enumerate(topic.rows("rule"), start=1)
    return tuple(fault for number, row in rows for fault in _faults(number, row, known))


def _when(row: Content) -> When:
    hours: Any = row.get("hours")
    return When(
        channels=tuple(row.get("channels", ())),
        wishes=tuple(row.get("wishes", ())),
        emergency=row.get("emergency"),
        across=row.get("across"),
        words=tuple(row.get("words", ())),
        trades=tuple(row.get("trades", ())),
        hours=(hours[0], hours[1]) if _are_hours(hours) else None,
    )


def _faults(number: int, row: Content, known: Known) -> Iterator[Fault]:
    about = " ".join(filter(None, (row.get("kind") or "any", row.get("place"))))
    for what in (*_unknown(row, known), *_misshapen(row)):
        yield Fault(number, about, what)


def _unknown(row: Content, known: Known) -> Iterator[str]:
    kind, place = row.get("kind", ""), row.get("place", "")
    if kind and kind not in known.kinds:
        yield f"kind {kind} unknown"
    if place and known.places.get(place) is None:
        yield f"place {place} unknown"
    for owner in filter(None, (row.get("lead", ""), *row.get("co", ()))):
        if owner not in known.owners:
            yield f"department {owner} unknown"
        elif owner in known.closed:
            yield f"department {owner} takes no orders"
    yield from _not_in("channel", row.get("channels", ()), set(Channel))
    yield from _not_in("wish", row.get("wishes", ()), set(Wish))
    yield from _not_in("trade", row.get("trades", ()), known.trades)
    yield from (f"field {name} unknown" for name in sorted(set(row) - FIELDS))


def _not_in(name: str, given: Any, known: Set[str]) -> Iterator[str]:
    yield from (f"{name} {one} unknown" for one in given if one not in known)


def _misshapen(row: Content) -> Iterator[str]:
    if "hours" in row and not _are_hours(row["hours"]):
        yield f"hours {row['hours']}: two of 0 to {HOURS}"
    if row.get("adds"):
        if row.get("lead") or not row.get("co"):
            yield "adds: no lead, and at least one co"
    elif not row.get("lead") and not row.get("local_designation"):
        yield "no lead and not left to local designation"


def _are_hours(hours: Any) -> bool:
    is_pair = isinstance(hours, list) and len(hours) == 2
    return is_pair and all(isinstance(one, int) and 0 <= one <= HOURS for one in hours)
