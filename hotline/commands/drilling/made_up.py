"""虚构 reports by the hundred thousand: words of our own, seldom ones and common ones as in life.

A few words are in every third report and most in hardly any (Zipf); names of firms come again and
again within a county, and a few hot matters are in a thousand reports.
"""

import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate, chain, repeat
from random import Random
from typing import Final, NamedTuple, TypeAlias

from hotline.rules.rarity import EVERYDAY
from hotline.rules.signature import ALONE, HALF, OPENING, half

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
DRAWN: Final = 1 << 20  # lots that the words of a text are drawn from, a word by its share of them

Numbers: TypeAlias = "array[int]"


class MadeUp(NamedTuple):
    """One report: where, what is said, and its words as they are stored."""

    county: str
    title: str
    text: str
    grams: Numbers
    words: Numbers
    title_words: Numbers
    opening: Numbers


class Author:
    """Writes reports of some counties; the same seed writes the same."""

    def __init__(self, counties: Sequence[tuple[str, str]], seed: int) -> None:
        self.counties = counties
        self.chance = Random(seed)  # noqa: S311
        # whose vocabulary and firms are the same for every seed
        world = Random(1)  # noqa: S311
        known = letters()
        often = list(accumulate(1 / (rank + 60) for rank in range(LETTERS)))
        everyday = EVERYDAY.split()
        lengths = world.choices((2, 3), (3, 1), k=WORDS)
        made = ("".join(world.choices(known, cum_weights=often, k=length)) for length in lengths)
        self.lots = _lots([*everyday, *made])
        self.names = {
            code: ["".join(world.choices(known, k=3)) + world.choice(NAMED) for _ in range(NAMES)]
            for code, _ in counties
        }
        self.sounds = _Sounds()

    def report(self) -> MadeUp:
        """One more."""
        chance = self.chance
        county, place = chance.choice(self.counties)
        few = HOT if chance.random() < 1 / 30 else NAMES
        name, told = self.names[county][int(chance.random() * few)], chance.choice(TOLD)
        many = chance.randint(SHORTEST, LONGEST)
        said = chance.choices(self.lots, k=many)
        title = f"{name}{told}"
        text = f"{place}{name}{told}{''.join(said)}"
        return MadeUp(county, title, text, *self._numbers(title, text))

    def _numbers(self, title: str, text: str) -> tuple[Numbers, ...]:
        """As the rules number them, a whole text at once: a million of them would take long."""
        said, first = title + text, len(title)
        spelt, heard = _pairs("i", said), _heard(_pairs("I", said.translate(self.sounds)))
        opening = heard[first : first + min(len(text), OPENING) - 1]
        return _once(spelt), _once(heard), heard[: first - 1], opening


class _Sounds(dict[int, int]):
    """The number of a character's sound: so small that it stands for a character in its turn."""

    def __missing__(self, one: int) -> int:
        self[one] = half(chr(one))
        return self[one]


def _heard(pairs: Numbers) -> Numbers:
    """The numbers of two sounds each, whose halves are of 15 bits: all side by side in one long."""
    whole, bits = int.from_bytes(pairs, sys.byteorder), pairs.itemsize * 8 * len(pairs)
    ones = ((1 << bits) - 1) // 0xFFFF_FFFF  # in the lowest bit of each
    second = ones * ALONE
    both = whole >> 1 & second << HALF | whole & second
    return array("i", both.to_bytes(bits // 8, sys.byteorder))


def _once(numbers: Numbers) -> Numbers:
    return array("i", list(set(numbers)))


def _pairs(form: str, said: str) -> Numbers:
    """Each character beside the next, as one number of 32 bits, in the order of the text."""
    halves = said.encode("utf-16-be")  # none of ours needs more than one
    pairs = array(form, bytes(4 * (len(said) - 1)))
    for first in (0, 1):
        every_other = array(form)
        every_other.frombytes(halves[2 * first : 2 * first + (len(said) - first) // 2 * 4])
        pairs[first::2] = every_other
    if sys.byteorder == "little":
        pairs.byteswap()
    return pairs


def _lots(words: Sequence[str]) -> list[str]:
    """The seldomest word has one, the commonest some twelve thousand."""
    shares = [1 / (rank + 8) for rank in range(len(words))]
    each = DRAWN / sum(shares)
    many = (max(1, round(share * each)) for share in shares)
    return list(chain.from_iterable(map(repeat, words, many)))


def letters() -> list[str]:
    """The first of the common characters, which stand in the national standard row by row."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    every = [one for cell in cells if (one := cell.decode("gb2312", "ignore"))]
    Random(0).shuffle(every)  # noqa: S311
    return every[:LETTERS]
