"""演练: what another routing table would have done with past orders, before it is put in force."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.rules.departments import Directory
from hotline.rules.routing import Facts, Routed, Rule, route

EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Table:
    """A routing table with the departments it speaks of."""

    rules: tuple[Rule, ...]
    departments: Directory

    def answer(self, facts: Facts) -> Routed:
        return route(self.rules, self.departments, facts)


@dataclass(frozen=True, slots=True)
class Past:
    """One past order: its number, and what was known when it was handed on."""

    number: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Shift:
    """One department: how many orders it would gain and lose as 主办, with some of them."""

    department: str
    gains: int
    losses: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """An order that the new table would leave to a person."""

    number: str
    cause: str
    is_new: bool  # the table in force has somebody for it


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would change."""

    looked: int
    changed: int  # another 主办, or none any more, or one at last
    co_changed: int  # the same 主办, other 协办
    shifts: tuple[Shift, ...]
    nobody: tuple[Nobody, ...]
    unmatched: tuple[int, ...]  # rows of the new table that no order met


def rehearse(before: Table, after: Table, past: Iterable[Past]) -> Rehearsal:
    """Every order by both tables. Pure: nothing is written, nobody is told."""
    gains, losses = Counter[str](), Counter[str]()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    nobody, met = [], set[int]()
    looked = changed = co_changed = 0
    for one in past:
        was, now = before.answer(one.facts), after.answer(one.facts)
        looked += 1
        met |= {chosen.rule.row for chosen in now.chosen} | set(now.added)
        if now.lead is None:
            nobody.append(Nobody(one.number, now.cause, was.lead is not None))
        if was.lead == now.lead:
            co_changed += set(was.co) != set(now.co)
            continue
        changed += 1
        for code, counted in ((was.lead, losses), (now.lead, gains)):
            if code:
                counted[code] += 1
                examples[code].append(one.number)
    return Rehearsal(
        looked=looked,
        changed=changed,
        co_changed=co_changed,
        shifts=tuple(
            Shift(code, gains[code], losses[code], tuple(examples[code][:EXAMPLES]))
            for code in sorted(examples, key=lambda code: (-gains[code] - losses[code], code))
        ),
        nobody=tuple(nobody),
        unmatched=tuple(rule.row for rule in after.rules if rule.row not in met),
    )
