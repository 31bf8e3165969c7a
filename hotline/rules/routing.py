"""交办: who leads and who assists. The most specific row decides; no row, no default."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Department:
    """承办单位. The last word of the code is its duty: <county>.housing answers for it."""

    code: str
    name: str
    short: str
    county: str  # "" = the whole jurisdiction
    parent: str
    desk: bool  # has a desk that takes orders
    source: str
    mark: str

    @property
    def duty(self) -> str:
        return self.code.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the routing table. `lead` and `co` name a duty or one department by its code."""

    kind: str
    county: str  # "" = any
    lead: str  # "" = the law leaves it to the local government, which the pack does not know
    co: tuple[str, ...]
    law: str
    source: str
    mark: str
    local_designation: bool


@dataclass(frozen=True, slots=True)
class Routed:
    """The answer, with the laws it rests on; without a lead the cause for the triage desk."""

    lead: str | None
    co: tuple[str, ...]
    cause: str  # "" | route.none | route.several
    why: tuple[str, ...]
    source: str


def route(
    rules: tuple[Rule, ...],
    departments: tuple[Department, ...],
    kinds: tuple[str, ...],
    county: str,
) -> Routed:
    """The first kind's lead leads; the leads of the other kinds assist."""
    if not kinds:
        return Routed(None, (), "route.none", (), "")
    answers = [_route_one(rules, departments, kind, county) for kind in kinds]
    first, others = answers[0], answers[1:]
    if first.lead is None:
        return first
    leads = [answer.lead for answer in others if answer.lead]
    co = dict.fromkeys([*first.co, *leads, *(code for answer in others for code in answer.co)])
    why = dict.fromkeys(reason for answer in answers for reason in answer.why)
    assisting = tuple(code for code in co if code != first.lead)
    return Routed(first.lead, assisting, "", tuple(why), first.source)


def _route_one(
    rules: tuple[Rule, ...], departments: tuple[Department, ...], kind: str, county: str
) -> Routed:
    best = _most_specific(rules, kind, county)
    why = tuple(dict.fromkeys(rule.law for rule in best if rule.law))
    source = best[0].source if best else ""
    leads = {rule.lead for rule in best}
    if len(leads) > 1:
        return Routed(None, (), "route.several", why, source)
    lead = department_for(departments, best[0].lead, county) if best else None
    if lead is None:
        return Routed(None, (), "route.none", why, source)
    found = (department_for(departments, duty, county) for duty in best[0].co)
    return Routed(lead.code, tuple(co.code for co in found if co), "", why, source)


def _most_specific(rules: Iterable[Rule], kind: str, county: str) -> list[Rule]:
    """A row for the county beats one for any; a row for the kind one for its parent."""
    fitting = [rule for rule in rules if _fits(rule, kind, county)]
    best = max((_depth(rule) for rule in fitting), default=None)
    return [rule for rule in fitting if _depth(rule) == best]


def _depth(rule: Rule) -> tuple[bool, int]:
    return bool(rule.county), len(rule.kind)


def _fits(rule: Rule, kind: str, county: str) -> bool:
    here = rule.county in ("", county)
    return here and (rule.kind in ("", kind) or kind.startswith(f"{rule.kind}."))


def department_for(
    departments: Iterable[Department], wanted: str, county: str
) -> Department | None:
    """A department by its code, or for a duty: the county's own desk, else the jurisdiction's."""
    if not wanted:
        return None
    desks = [one for one in departments if one.desk and wanted in (one.code, one.duty)]
    for place in (county, ""):
        for desk in desks:
            if desk.county == place:
                return desk
    return None
