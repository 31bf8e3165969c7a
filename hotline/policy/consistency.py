"""Does a pack hold together: every code it names exists, every kind and term has its row."""

from collections.abc import Iterator, Mapping
from typing import Any

from hotline.errors import PolicyGap
from hotline.policy.pack import Pack
from hotline.policy.rewarding import reward_schemes
from hotline.policy.routes import Matter, routed, where
from hotline.policy.table import faults_of_table, known_to
from hotline.policy.topics import Topic
from hotline.rules.places import Place
from hotline.rules.routing import Rule, is_shadowed

Told = Iterator[tuple[str, str]]  # (topic, what)


def faults_of(pack: Pack, topics: Mapping[str, Mapping[str, Any]]) -> Told:
    """What is wrong and must be mended before the pack may serve."""
    yield from _misplaced(pack)
    yield from _kinds_astray(pack)
    yield from _departments_astray(pack)
    yield from _groups_astray(pack, topics)
    yield from _routing_astray(pack, topics)
    yield from _rewards_astray(pack, topics)


def gaps_of(pack: Pack, topics: Mapping[str, Mapping[str, Any]]) -> Told:
    """What nobody has told the pack yet; the desk decides such matters by hand."""
    known = {scheme.code for scheme in pack.schemes}
    for code in topics["clocks"].get("expects", []):
        if code not in known:
            yield "clocks", f"{code}: no term"
    for kind in pack.lexicon.kinds:
        if kind.ours and (without := _counties_without_lead(pack, kind.code)):
            yield "routing", f"{kind.code} {kind.name}: no lead in {without} counties (triage desk)"
    if not any(rule.fallback for rule in pack.routing):
        yield "routing", "no fallback named (兜底): what has no lead waits for a person"
    for rule in _unreachable(pack):
        yield "routing", f"rule {rule.row} ({rule.kind} {rule.place}): no matter can reach it"
    for year in _years_unknown(pack):
        yield "calendar", f"holidays of {year} not announced yet: ends are provisional"


def counties_of(pack: Pack) -> list[Place]:
    """The counties of the pack's own jurisdiction."""
    path = pack.gazetteer.path
    return [
        county
        for county in pack.gazetteer.counties()
        if any(place.code == pack.code for place in path(county.code))
    ]


def _counties_without_lead(pack: Pack, kind: str) -> int:
    answers = (routed(pack, Matter((kind,), county.code)) for county in counties_of(pack))
    return sum(answer.lead is None for answer in answers)


def _unreachable(pack: Pack) -> list[Rule]:
    kinds = tuple(kind.code for kind in pack.lexicon.kinds if kind.ours)
    return [
        rule
        for rule in pack.routing
        if not rule.broken and is_shadowed(rule, pack.routing, kinds, where(pack, rule.place))
    ]


def _years_unknown(pack: Pack) -> list[int]:
    """The year after the last announced one: a term of late autumn already ends there."""
    return [max(pack.calendar.known_years, default=0) + 1]


def _misplaced(pack: Pack) -> Told:
    for place in pack.gazetteer:
        if place.level != "province" and pack.gazetteer.get(place.parent) is None:
            yield "places", f"{place.code} {place.name}: parent {place.parent} unknown"
        if place.level == "township" and pack.gazetteer.county_of(place.code) is None:
            yield "places", f"{place.code} {place.name}: in no county"
        if place.successor and pack.gazetteer.get(place.successor) is None:
            yield "places", f"{place.code} {place.name}: successor {place.successor} unknown"


def _kinds_astray(pack: Pack) -> Told:
    codes = {kind.code for kind in pack.lexicon.kinds}
    for kind in pack.lexicon.kinds:
        if kind.parent and kind.parent not in codes:
            yield "kinds", f"{kind.code}: parent {kind.parent} unknown"
        if not kind.ours and not kind.refer_to:
            yield "kinds", f"{kind.code}: not ours, and no word of where to go"
    for reason in pack.acceptance.reasons:
        for code in reason.kinds:
            if code not in codes:
                yield "acceptance", f"{reason.code}: kind {code} unknown"


def _departments_astray(pack: Pack) -> Told:
    codes = {department.code for department in pack.departments}
    if (signs := pack.identity.authority) and signs not in codes:
        yield "identity", f"authority {signs} is no department"
    for department in pack.departments:
        if department.parent and department.parent not in codes:
            yield "departments", f"{department.code}: parent {department.parent} unknown"
        if department.county and pack.gazetteer.get(department.county) is None:
            yield "departments", f"{department.code}: place {department.county} unknown"


def _groups_astray(pack: Pack, topics: Mapping[str, Mapping[str, Any]]) -> Told:
    """责任分工: a group of departments with one duty names those, and kinds, that are there."""
    departments = {one.code for one in pack.departments}
    kinds = {kind.code for kind in pack.lexicon.kinds}
    duties = {one.duty for one in pack.departments}
    for row in topics["departments"].get("group", []):
        about = f"group {row.get('code')}"
        for what, named, known in (
            ("department", row.get("departments", ()), departments),
            ("duty", row.get("counties", ()), duties),
            ("kind", row.get("kinds", ()), kinds),
        ):
            yield from (
                ("departments", f"{about}: {what} {n} unknown") for n in named if n not in known
            )


def _rewards_astray(pack: Pack, topics: Mapping[str, Mapping[str, Any]]) -> Told:
    try:
        reward_schemes(Topic(pack.code, "reward", topics.get("reward", {})))
    except PolicyGap as gap:
        yield "reward", f"does not say {gap.missing}"


def _routing_astray(pack: Pack, topics: Mapping[str, Mapping[str, Any]]) -> Told:
    duties = {str(row["code"]) for row in topics["departments"].get("duty", [])}
    known = known_to(pack.lexicon, pack.departments, duties, pack.gazetteer)
    for fault in faults_of_table(Topic(pack.code, "routing", topics["routing"]), known):
        yield "routing", f"rule {fault.row} ({fault.about}): {fault.what}"
