"""How alike are two reports by their words alone?

A seldom word says more than a common one, a run of them in a title is a name, and what remains of
the title beside the name is the matter: one place may have several. Words are compared by sound.
"""

import math
import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import Final

from hotline.rules.normalise import grams
from hotline.rules.rarity import PLAIN, Rarity
from hotline.rules.sounds import heard, sounds

TELLING: Final = 1.5  # from this weight on a word begins to say which matter it is
A_NAME: Final = 3.0  # 幼儿园 of 小区幼儿园 is nobody's name
LONGEST_RUN: Final = 40.0
SCALE: Final = 5.0  # weights are counted on a growing scale: the tenth rare word says little more
SHORTEST: Final = 60.0  # a text that weighs less is not more alike for being short
# Shared words that prove nothing: two short texts are alike by chance.
DAMPED: Final = 60.0
DAMPED_TITLE: Final = 30.0
DAMPED_REST: Final = 10.0

# Two characters before what makes a name a place: 泉塘 of 泉塘街道.
_NAMED: Final = re.compile(
    "([\u4e00-\u9fff]{2})(?:小区|街道|镇|乡|村|路|公园|社区|学校|小学|中学|大学|学院|幼儿园|城|站|园|线|府|苑|厂"
    "|公司|广场|大厦|医院|大桥|湖|山|庭|湾|家园|花园|国际|中心|隧道|组)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """One report made ready for comparing: its words by sound, and what they weigh."""

    all: frozenset[str]
    order: tuple[str, ...]  # of the title
    title: frozenset[str]
    named: frozenset[str]
    weight: float
    norm: float
    title_norm: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The likenesses of one pair; the better and the worse of the two ways to look."""

    text: float
    titles: float
    name: float  # the longest run of telling words of a title found in the other report
    name_too: float
    rest: float  # how much of the title beside that run is found there
    rest_too: float
    rare: float
    other_names: bool  # each title names a place the other report never mentions
    unmatched: float
    length: float


@lru_cache(maxsize=512)
def words_of(title: str, said: frozenset[str], rarity: Rarity = PLAIN) -> Words:
    """`said`: every pair of characters of title and body."""
    names = map(heard, _NAMED.findall(title))
    every, order = frozenset(map(heard, said)), sounds(grams(title))
    weights = rarity.weights(every)
    return Words(
        all=every,
        order=order,
        title=frozenset(order),
        named=frozenset(name for name in names if rarity.weight(name) >= A_NAME),
        weight=sum(weights),
        norm=math.sqrt(sum(map(mul, weights, weights))),
        title_norm=math.sqrt(rarity.squares(frozenset(order))),
    )


def resemblance(one: Words, other: Words, rarity: Rarity = PLAIN) -> Resemblance:
    """The same whichever comes first."""
    shared = one.all & other.all
    (name, rest), (name_too, rest_too) = _found(one, other, rarity), _found(other, one, rarity)
    missing = min(rarity.total(one.title - other.all), rarity.total(other.title - one.all))
    titles = rarity.squares(one.title & other.title)
    return Resemblance(
        text=rarity.squares(shared) / (one.norm * other.norm + DAMPED),
        titles=titles / (one.title_norm * other.title_norm + DAMPED_TITLE),
        name=math.log1p(max(name, name_too) / SCALE),
        name_too=math.log1p(min(name, name_too) / SCALE),
        rest=max(rest, rest_too),
        rest_too=min(rest, rest_too),
        rare=math.log1p(_telling(shared, rarity) / SCALE),
        other_names=_names_differ(one, other),
        unmatched=math.log1p(missing / (2 * SCALE)),
        length=math.log1p(max(SHORTEST, min(one.weight, other.weight))),
    )


def _found(one: Words, other: Words, rarity: Rarity) -> tuple[float, float]:
    """The longest run of one's title in the other, and the share of the rest found there."""
    longest, first, last = _run(one.order, other.all, rarity)
    rest = (*one.order[:first], *one.order[last:])
    found = rarity.total(word for word in rest if word in other.all)
    return longest, found / (rarity.total(rest) + DAMPED_REST)


def _run(order: tuple[str, ...], said: Set[str], rarity: Rarity) -> tuple[float, int, int]:
    """The run of shared words that says most, and where it begins and ends."""
    best, first, last = 0.0, 0, 0
    run, start = 0.0, 0
    for at, word in enumerate(order):
        if run <= 0:
            run, start = 0.0, at
        run = run + rarity.weight(word) - TELLING if word in said else 0.0
        if run > best:
            best, first, last = run, start, at + 1
    return min(best, LONGEST_RUN), first, last


def _telling(words: Set[str], rarity: Rarity) -> float:
    return sum(weight - TELLING for weight in rarity.weights(words) if weight > TELLING)


def _names_differ(one: Words, other: Words) -> bool:
    return bool(one.named - other.all) and bool(other.named - one.all)
