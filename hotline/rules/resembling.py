"""How alike are two reports by their words alone?

A seldom word says more than a common one. The title and the opening of a text say which matter it
is; what follows is often the same whatever the matter. A name in the title that the other report
never mentions speaks against; so does what each asks for himself under the same policy.
"""

import math
from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Final

from hotline.rules.problems import is_own_case, is_problem, problems, tells
from hotline.rules.rarity import PLAIN, Rarity
from hotline.rules.signature import ALONE, HALF, WORD, title_signature

FIRST: Final = 28  # words of the opening that are looked for in the other's whole text
# Shared words that prove nothing: two short texts are alike by chance.
DAMPED: Final = 60.0
DAMPED_SHARE: Final = 10.0
DAMPED_TITLE: Final = 5.0
DAMPED_PROBLEMS: Final = 2.0
RARE: Final = 4.5  # from this weight on a word is rare
SCALE: Final = 5.0  # the tenth rare word says little more
SELDOM: Final = 3.0  # a word of a name weighs at least so much,
TELLING: Final = 2.5  # and tells by what it weighs beyond
A_NAME: Final = 4.0  # 幼儿园 of 小区幼儿园 is nobody's name

# What makes the two characters before it a name: 泉塘 of 泉塘街道.
_NAMED: Final = frozenset(
    word
    for what in (
        *("小区", "街道", "公园", "社区", "学校", "小学", "中学", "大学", "学院", "幼儿", "医院"),
        *("公司", "工厂", "砖厂", "砂场", "石场", "猪场", "水库", "园区", "酒店", "商城", "市场"),
        *("广场", "大厦", "大桥", "家园", "花园", "国际", "中心", "隧道"),
    )
    for word in title_signature(what)
)


@dataclass(frozen=True, slots=True)
class Words:
    """One report made ready for comparing: its words by sound, and what they weigh."""

    all: Set[int]
    telling: tuple[tuple[int, float], ...]  # the title in its order, and what tells in a name
    seldom: frozenset[int]  # of the title: what is no problem and hardly any report says
    title: frozenset[int]
    head: frozenset[int]  # of the title and the opening
    first: frozenset[int]  # of the title and the first words of the opening
    named: frozenset[int]
    problems: frozenset[int]
    problems_told: float  # how much they tell
    first_problems: frozenset[int]  # of the head
    title_weight: float
    first_weight: float
    head_norm: float


@dataclass(frozen=True, slots=True)
class Resemblance:
    """The likenesses of one pair, each from 0 to about 1; the same whichever comes first."""

    heads: float
    told: float  # of what each says first, how much is found anywhere in the other
    title_told: float  # of the title that is found less in the other
    problems: float
    first_problems: float  # the same of title and opening alone
    own_case: bool  # each head asks for the same thing, each for himself
    missing: float  # what the seldom words of a title weigh that the other never says
    other_names: bool  # each title names a place the other report never mentions
    rare: float  # how much they share, anywhere, of what hardly any report says
    length: float  # of the shorter, as a logarithm: long texts share words by chance
    name: float  # what the longest run of seldom words weighs that a title shares with the other


def words_of(
    words: frozenset[int], title: tuple[int, ...], opening: tuple[int, ...], rarity: Rarity = PLAIN
) -> Words:
    """`words`: every word of the report; `title` and `opening` in their order."""
    of_title = frozenset(title)
    head, first = of_title.union(opening), of_title.union(opening[:FIRST])
    telling = _telling(title, rarity)
    named_problems = problems(words)
    return Words(
        all=words,
        telling=telling,
        seldom=frozenset([word for word, tells in telling if tells > RARE - TELLING]),
        title=of_title,
        head=head,
        first=first,
        named=frozenset(name for name in _names(title) if rarity.weight(name) >= A_NAME),
        problems=named_problems,
        problems_told=tells(named_problems),
        first_problems=problems(head),
        title_weight=rarity.total(of_title),
        first_weight=rarity.total(first),
        head_norm=math.sqrt(rarity.squares(head)),
    )


def resemblance(one: Words, other: Words, rarity: Rarity = PLAIN) -> Resemblance:
    """The same whichever comes first."""
    heads = one.head_norm * other.head_norm
    shared = one.all & other.all
    found, found_too = rarity.total(one.title & shared), rarity.total(other.title & shared)
    first, first_too = rarity.total(one.first & shared), rarity.total(other.first & shared)
    agreeing = one.first_problems & other.first_problems
    return Resemblance(
        heads=rarity.squares(shared & one.head & other.head) / (heads + DAMPED),
        told=(
            first / (one.first_weight + DAMPED_SHARE)
            + first_too / (other.first_weight + DAMPED_SHARE)
        )
        / 2,
        title_told=min(
            found / (one.title_weight + DAMPED_TITLE),
            found_too / (other.title_weight + DAMPED_TITLE),
        ),
        problems=_problems(one, other),
        first_problems=len(agreeing)
        / (math.sqrt(len(one.first_problems) * len(other.first_problems)) + 1),
        own_case=is_own_case(agreeing),
        missing=math.log1p(max(_missing(one, other, rarity), _missing(other, one, rarity)) / SCALE),
        other_names=bool(one.named - other.all) and bool(other.named - one.all),
        rare=_rare(shared, rarity),
        length=math.log1p(min(len(one.all), len(other.all))),
        name=max(_name(one, shared), _name(other, shared)),
    )


def _rare(shared: Set[int], rarity: Rarity) -> float:
    weights = rarity.weights(shared)
    return math.log1p(sum([weight - RARE for weight in weights if weight > RARE]) / SCALE)


def _name(one: Words, shared: Set[int]) -> float:
    """What the longest run of words of a name weighs that is found in the other."""
    longest = run = 0.0
    if shared.isdisjoint(one.title):
        return longest
    for word, telling in one.telling:
        if telling and word in shared:
            run += telling
            longest = max(longest, run)
        else:
            run = 0.0
    return longest


def _missing(one: Words, other: Words, rarity: Rarity) -> float:
    lacking = one.seldom - other.all
    return rarity.total(lacking) - RARE * len(lacking)


def _problems(one: Words, other: Words) -> float:
    told = math.sqrt(one.problems_told * other.problems_told)
    return tells(one.problems & other.problems) / (told + DAMPED_PROBLEMS)


def _telling(title: tuple[int, ...], rarity: Rarity) -> tuple[tuple[int, float], ...]:
    """Words of problems, and those that many say, are in no name."""
    return tuple(
        [
            (word, weight - TELLING if weight >= SELDOM and not is_problem(word) else 0.0)
            for word, weight in zip(title, rarity.weights(title), strict=True)
        ]
    )


def _names(title: tuple[int, ...]) -> Iterator[int]:
    """Pairs of characters right before what makes a name of them."""
    if _NAMED.isdisjoint(title):
        return
    for name, between, what in zip(title, title[1:], title[2:], strict=False):
        if what in _NAMED and _follows(name, between) and _follows(between, what):
            yield name


def _follows(pair: int, next_pair: int) -> bool:
    return next_pair < WORD and pair & ALONE == next_pair >> HALF
