"""虚构 reports by the hundred thousand: words of our own, seldom ones and common ones as in life.

A few words are in every third report and most in hardly any (Zipf); names of firms come again and
again within a county, and a few hot matters are in a thousand reports.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import or_
from random import Random
from typing import Final, NamedTuple

from hotline.rules.rarity import EVERYDAY
from hotline.rules.signature import HALF as BY_SOUND
from hotline.rules.signature import OPENING, half
from hotline.rules.spelling import HALF as BY_CHARACTER
from hotline.rules.spelling import SIGN

LETTERS: Final = 3_000  # characters in use
WORDS: Final = 60_000
NAMES: Final = 400  # firms and estates a county has, that are complained about
HOT: Final = 3  # of them in one report of thirty
NAMED: Final = (
    *("砖厂", "化工厂", "养殖场", "纸厂", "石材厂"),
    *("小区", "洗煤厂", "屠宰场", "电镀厂", "采石场"),
)
TOLD: Final = (
    *("夜间排放刺鼻气味", "污水直接排入河里", "施工噪声整夜不停", "黑烟滚滚粉尘漫天"),
    *("垃圾长期露天堆放", "油烟直排居民楼道", "废水颜色发黑有泡沫", "机器轰鸣影响休息"),
    *("焚烧塑料气味难闻", "渣土车沿途撒漏"),
)
SHORTEST: Final = 20  # words
LONGEST: Final = 90


class MadeUp(NamedTuple):
    """One report: where, what is said, and its words as they are stored."""

    county: str
    title: str
    text: str
    grams: list[int]
    words: list[int]
    title_words: list[int]
    opening: list[int]


class Author:
    """Writes reports of some counties; the same seed writes the same."""

    def __init__(self, counties: Sequence[tuple[str, str]], seed: int) -> None:
        self.counties = counties
        self.chance = Random(seed)  # noqa: S311
        # whose vocabulary and firms are the same for every seed
        world = Random(1)  # noqa: S311
        letters = _letters()
        often = list(accumulate(1 / (rank + 60) for rank in range(LETTERS)))
        everyday = EVERYDAY.split()
        lengths = world.choices((2, 3), (3, 1), k=WORDS)
        made = ("".join(world.choices(letters, cum_weights=often, k=length)) for length in lengths)
        self.vocabulary = [*everyday, *made]
        shares = (1 / (rank + 8) for rank in range(len(self.vocabulary)))
        self.shares = list(accumulate(shares))
        self.names = {
            code: ["".join(world.choices(letters, k=3)) + world.choice(NAMED) for _ in range(NAMES)]
            for code, _ in counties
        }
        self.spelt, self.heard, self.then = _Spelt(), _Heard(), _Then()

    def report(self) -> MadeUp:
        """One more."""
        chance = self.chance
        county, place = chance.choice(self.counties)
        few = HOT if chance.random() < 1 / 30 else NAMES
        name, told = self.names[county][int(chance.random() * few)], chance.choice(TOLD)
        many = chance.randint(SHORTEST, LONGEST)
        said = chance.choices(self.vocabulary, cum_weights=self.shares, k=many)
        title = f"{name}{told}"
        text = f"{place}{name}{told}{''.join(said)}"
        return MadeUp(county, title, text, *self._numbers(title, text))

    def _numbers(self, title: str, text: str) -> tuple[list[int], ...]:
        """As the rules number them, a whole text at once: a million of them would take long."""
        said = title + text
        spelt = set(map(or_, map(self.spelt.__getitem__, said), map(ord, said[1:])))
        by_sound = map(list, map(self._by_sound, (title, text[:OPENING])))
        return list(spelt), list(set(self._by_sound(said))), *by_sound

    def _by_sound(self, said: str) -> Iterator[int]:
        return map(or_, map(self.heard.__getitem__, said), map(self.then.__getitem__, said[1:]))


class _Spelt(dict[str, int]):
    """The first half of a pair by its character, as a signed number has it."""

    def __missing__(self, one: str) -> int:
        number = ord(one) * BY_CHARACTER
        self[one] = number - 2 * SIGN if number >= SIGN else number
        return self[one]


class _Heard(dict[str, int]):
    """The first half of a pair by its sound."""

    def __missing__(self, one: str) -> int:
        self[one] = half(one) << BY_SOUND
        return self[one]


class _Then(dict[str, int]):
    """The second half of a pair by its sound."""

    def __missing__(self, one: str) -> int:
        self[one] = half(one)
        return self[one]


def _letters() -> list[str]:
    """The first of the common characters, which stand in the national standard row by row."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    every = [one for cell in cells if (one := cell.decode("gb2312", "ignore"))]
    Random(0).shuffle(every)  # noqa: S311
    return every[:LETTERS]
