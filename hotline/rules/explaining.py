"""派单说明: what a decision keeps about why: rows, facts and who had to stand back. No words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from hotline.rules.routing import Chosen, Facts, Passed, Routed

LONGEST: Final = 120  # of a citation: the whole stands in the version that is named


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row that answered, as it stood then."""

    row: int
    kind: str
    place: str
    asked: tuple[str, ...]
    law: str
    source: str
    mark: str
    local: bool
    fallback: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why this department: as kept in the event of the decision."""

    rows: tuple[ToldRow, ...]
    passed: tuple[Passed, ...]
    cause: str
    kinds: tuple[str, ...]
    places: tuple[str, ...]
    facts: Mapping[str, Any]  # channel, wish, emergency, hour, trade
    accused: tuple[str, ...]
    policy: Mapping[str, tuple[str, ...]]  # topic → ids of the versions, the child's first


def detail_of(
    routed: Routed, facts: Facts, policy: Mapping[str, tuple[str, ...]]
) -> dict[str, Any]:
    """Small, and without a word of the reporter's."""
    given = {
        "channel": facts.channel,
        "wish": facts.wish,
        "emergency": facts.emergency,
        "hour": facts.hour if any(one.rule.when.hours for one in routed.chosen) else None,
        "trade": facts.trade,
    }
    return {
        "rows": [_row(one) for one in routed.chosen],
        "passed": [[one.who, one.why, one.row] for one in routed.passed],
        "cause": routed.cause,
        "kinds": list(facts.kinds),
        "places": [where.path[-1] for where in facts.places if where.path],
        "facts": {name: value for name, value in given.items() if value not in (None, "", False)},
        "accused": sorted({one.who for one in routed.passed if one.why == "accused"}),
        "policy": {topic: list(ids) for topic, ids in policy.items()},
    }


def explanation_of(detail: Mapping[str, Any]) -> Explanation:
    """As it was kept."""
    return Explanation(
        rows=tuple(_told(one) for one in detail["rows"]),
        passed=tuple(Passed(who, why, row) for who, why, row in detail["passed"]),
        cause=detail["cause"],
        kinds=tuple(detail["kinds"]),
        places=tuple(detail["places"]),
        facts=detail["facts"],
        accused=tuple(detail["accused"]),
        policy={topic: tuple(ids) for topic, ids in detail["policy"].items()},
    )


def _row(chosen: Chosen) -> dict[str, Any]:
    rule = chosen.rule
    return {
        "row": rule.row,
        "kind": chosen.kind,
        "place": chosen.place,
        "asked": [*(["place"] if rule.place else []), *rule.when.asked()],
        "law": rule.law,
        "source": rule.source[:LONGEST],
        "mark": rule.mark,
        "local": rule.local_designation,
        "fallback": rule.fallback,
    }


def _told(row: Mapping[str, Any]) -> ToldRow:
    return ToldRow(**{**row, "asked": tuple(row["asked"])})
