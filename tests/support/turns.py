"""Whether two ways take as long as each other, on a machine that others use as well."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final

ROUNDS: Final = 6  # neighbours blur one round; what really differs differs in all of them together


def turns(ways: Sequence[str], each: int, is_clear: Callable[[], bool]) -> Iterator[str]:
    """Whose turn it is, in an order of chance: so many of each, and again until it is clear."""
    chance = Random(len(ways) * each)
    for _ in range(ROUNDS):
        order = [*ways] * each
        chance.shuffle(order)
        yield from order
        if is_clear():
            return
