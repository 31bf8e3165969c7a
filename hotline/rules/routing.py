"""交办: who leads and who assists. The most specific row decides; no row, no default.

Of the rows that fit, the one for the nearest place wins, then the one for the finest kind, then the
one that asks for more facts. Two of one rank that disagree go to the place's fallback (兜底), else
to a person. Whoever the matter is about never gets it (回避): its superior does, or a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from hotline.rules.departments import Directory
from hotline.rules.recusal import OFFICE_ACCUSED

NONE: Final = "route.none"
SEVERAL: Final = "route.several"
BROKEN: Final = "route.broken"
MOST_PASSED: Final = 4  # a reader wants the next best, not the whole table


@dataclass(frozen=True, slots=True)
class Where:
    """One place of a matter: the codes around it, the widest first."""

    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table may ask about. `said` is masked text, looked into and never kept."""

    kinds: tuple[str, ...]
    places: tuple[Where, ...] = ()  # of a cross-boundary matter several; the first leads
    channel: str = ""
    wish: str = ""
    emergency: bool = False
    hour: int | None = None
    trade: str = ""  # 行业
    said: str = field(default="", repr=False)
    accused: frozenset[str] = frozenset()  # departments the matter is about, and those below


@dataclass(frozen=True, slots=True)
class When:
    """Further facts a row asks for; what is left out is not asked."""

    channels: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    emergency: bool | None = None
    across: bool | None = None  # 跨界
    words: tuple[str, ...] = ()  # any of them in what is said
    hours: tuple[int, int] | None = None  # from, until; over midnight when from > until
    trades: tuple[str, ...] = ()  # 行业: the first report speaks of one of these

    def asked(self) -> tuple[str, ...]:
        """Which facts the row asks for."""
        asks = {
            "channel": bool(self.channels),
            "wish": bool(self.wishes),
            "emergency": self.emergency is not None,
            "across": self.across is not None,
            "words": bool(self.words),
            "hours": self.hours is not None,
            "trades": bool(self.trades),
        }
        return tuple(name for name, is_asked in asks.items() if is_asked)

    def holds(self, facts: Facts) -> bool:
        """Whether every fact asked for is there."""
        return (
            (not self.channels or facts.channel in self.channels)
            and (not self.wishes or facts.wish in self.wishes)
            and (not self.trades or facts.trade in self.trades)
            and self.emergency in (None, facts.emergency)
            and self.across in (None, len(facts.places) > 1)
            and (not self.words or any(word in facts.said for word in self.words))
            and _within(self.hours, facts.hour)
        )


ALWAYS: Final = When()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the routing table. `lead` and `co` name a duty or one department by its code."""

    kind: str  # "" = any
    lead: str  # "" = the law leaves it to the local government, which the pack does not know
    co: tuple[str, ...]
    law: str
    source: str
    mark: str
    local_designation: bool = False
    place: str = ""  # "" = any; a code of whatever level
    when: When = ALWAYS
    fallback: bool = False  # 兜底: asked when no other row has an answer
    adds: bool = False  # never leads: its 协办 join in whatever row decides
    broken: str = ""  # what of it no longer compiles: a person decides instead
    row: int = 0  # where it stands in the table, from 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row that answered, and for which kind and place of the matter."""

    rule: Rule
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Who came into question and does not get it.

    `why`: less_specific, tie, accused, no_desk, designation, broken.
    """

    who: str
    why: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Routed:
    """The answer, with the laws it rests on; without a lead the cause for the triage desk."""

    lead: str | None
    co: tuple[str, ...]
    cause: str  # "" | route.none | route.several | route.broken | office.accused
    why: tuple[str, ...]
    source: str
    chosen: tuple[Chosen, ...] = ()
    passed: tuple[Passed, ...] = ()
    added: tuple[int, ...] = ()  # rows whose 协办 joined in


def route(rules: tuple[Rule, ...], departments: Directory, facts: Facts) -> Routed:
    """The first place's first kind leads; the leads of the other kinds and places assist."""
    table = _Table(rules, departments, facts)
    answers = [
        table.answer(kind, where)
        for where in facts.places or (Where(),)
        for kind in facts.kinds or ("",)
    ]
    first, others = answers[0], answers[1:]
    if first.lead is None:
        return first
    wanted = [*first.co, *(one.lead for one in others if one.lead)]
    wanted += [code for one in others for code in one.co]
    joining = table.joining()
    wanted += [code for codes in joining.values() for code in codes]
    assisting = dict.fromkeys(code for code in wanted if code != first.lead)
    return Routed(
        lead=first.lead,
        co=tuple(assisting),
        cause="",
        why=tuple(dict.fromkeys(reason for one in answers for reason in one.why)),
        source=first.source,
        chosen=tuple(chosen for one in answers for chosen in one.chosen),
        passed=tuple(dict.fromkeys(passed for one in answers for passed in one.passed)),
        added=tuple(joining),
    )


def is_shadowed(rule: Rule, rules: Iterable[Rule], kinds: tuple[str, ...], where: Where) -> bool:
    """Whether no matter can reach a row: at its place every kind of it meets a higher row first."""
    met = [kind for kind in (*kinds, "") if _fits(rule, kind, where)]
    above = [
        other
        for other in rules
        if (other.fallback, other.adds) == (rule.fallback, rule.adds) and not rule.adds
        if other.when == ALWAYS and (not other.place or other.place in where.path)
        if _rank(other, where) > _rank(rule, where)
    ]
    return all(any(_fits(other, kind, where) for other in above) for kind in met)


@dataclass(frozen=True, slots=True)
class _Table:
    rules: tuple[Rule, ...]
    departments: Directory
    facts: Facts

    def answer(self, kind: str, where: Where) -> Routed:
        """Of one kind at one place: by its row, else by the place's fallback, else nobody."""
        ranked = self._ranked((one for one in self.rules if not one.fallback), kind, where)
        told = self._told(ranked, kind, where)
        if told.lead or told.cause in (BROKEN, OFFICE_ACCUSED):
            return told
        kept = self._ranked((one for one in self.rules if one.fallback), kind, where)
        caught = self._told(kept, kind, where)
        if caught.lead is None:
            return told if caught.cause != OFFICE_ACCUSED else caught
        return Routed(
            caught.lead, caught.co, "", (*told.why, *caught.why), caught.source, caught.chosen,
            (*told.passed, *caught.passed),
        )  # fmt: skip

    def joining(self) -> dict[int, list[str]]:
        """协办 that these facts call for, whoever leads, by the row that says so."""
        return {
            rule.row: self._co(rule, where)
            for where in self.facts.places or (Where(),)
            for rule in self.rules
            if rule.adds and any(_fits(rule, kind, where) for kind in self.facts.kinds or ("",))
            if rule.when.holds(self.facts)
        }

    def _ranked(self, rules: Iterable[Rule], kind: str, where: Where) -> list[Rule]:
        fitting = (one for one in rules if not one.adds and _fits(one, kind, where))
        held = [one for one in fitting if one.when.holds(self.facts)]
        return sorted(held, key=lambda one: _rank(one, where), reverse=True)

    def _told(self, ranked: list[Rule], kind: str, where: Where) -> Routed:
        if not ranked:
            return Routed(None, (), NONE, (), "")
        top = _rank(ranked[0], where)
        best = [one for one in ranked if _rank(one, where) == top]
        why = tuple(dict.fromkeys(one.law for one in best if one.law))
        rule, passed = best[0], _beaten(best, ranked)
        chosen = (Chosen(rule, kind, where.path[-1] if where.path else ""),)
        if len({one.lead for one in best}) > 1:
            ties = tuple(Passed(one.lead, "tie", one.row) for one in best)
            return Routed(None, (), SEVERAL, why, rule.source, (), ties)
        lead, cause, hurdles = self._lead(rule, where)
        if lead is None:
            return Routed(None, (), cause, why, rule.source, chosen, (*hurdles, *passed))
        co = tuple(code for code in self._co(rule, where) if code != lead)
        return Routed(lead, co, "", why, rule.source, chosen, (*hurdles, *passed))

    def _lead(self, rule: Rule, where: Where) -> tuple[str | None, str, tuple[Passed, ...]]:
        """The department, or the cause that there is none, and who had to stand back."""
        if rule.broken:
            return None, BROKEN, (Passed(rule.lead, "broken", rule.row),)
        if not rule.lead:
            return None, NONE, (Passed("", "designation", rule.row),)
        found = self.departments.answering(rule.lead, where.path)
        if found is None:
            return None, NONE, (Passed(rule.lead, "no_desk", rule.row),)
        if found.code not in self.facts.accused:
            return found.code, "", ()
        stood_back = (Passed(found.code, "accused", rule.row),)
        above = self.departments.superior(found.code, self.facts.accused)
        return (above.code, "", stood_back) if above else (None, OFFICE_ACCUSED, stood_back)

    def _co(self, rule: Rule, where: Where) -> list[str]:
        found = (self.departments.answering(duty, where.path) for duty in rule.co)
        return [one.code for one in found if one and one.code not in self.facts.accused]


def _beaten(best: list[Rule], ranked: list[Rule]) -> tuple[Passed, ...]:
    leads = {one.lead for one in best}
    others = [one for one in ranked[len(best) :] if one.lead and one.lead not in leads]
    return tuple(Passed(one.lead, "less_specific", one.row) for one in others[:MOST_PASSED])


def _rank(rule: Rule, where: Where) -> tuple[int, int, int]:
    """The nearer place, then the finer kind, then more facts asked for."""
    near = where.path.index(rule.place) + 1 if rule.place else 0
    fine = rule.kind.count(".") + 1 if rule.kind else 0
    return near, fine, len(rule.when.asked())


def _fits(rule: Rule, kind: str, where: Where) -> bool:
    here = not rule.place or rule.place in where.path
    return here and (rule.kind in ("", kind) or kind.startswith(f"{rule.kind}."))


def _within(hours: tuple[int, int] | None, hour: int | None) -> bool:
    if hours is None:
        return True
    if hour is None:
        return False
    begin, end = hours
    return begin <= hour < end if begin <= end else hour >= begin or hour < end
