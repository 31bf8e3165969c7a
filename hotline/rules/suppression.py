"""小数遮蔽: counts so small that they would point at somebody are not published."""

from collections.abc import Mapping, Sequence, Set
from typing import Final

LEAST: Final = 3


def suppressed(
    counts: Mapping[str, int], least: int = LEAST, also: Set[str] = frozenset()
) -> dict[str, int | None]:
    """None for every count from 1 to least - 1, and for what is hidden `also`.

    What is hidden could be told from the total when it is a single one, or when all of them
    together are so few that each must be one: then the next smallest goes with them.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least} | set(also)
    others = sorted(
        (count, name) for name, count in counts.items() if count >= least and name not in hidden
    )
    if others and hidden and (len(hidden) == 1 or sum(counts[name] for name in hidden) < least):
        hidden.add(others[0][1])
    return {name: None if name in hidden else count for name, count in counts.items()}


def over_months(months: Sequence[Mapping[str, int]], least: int = LEAST) -> dict[str, int | None]:
    """Counts of several months that are published beside those of each month.

    A sum less the months that are told is what the hidden months have together: where that is a
    single month's, or too few, the sum is hidden as well.
    """
    if len(months) == 1:
        return suppressed(months[0], least)
    told = [suppressed(one, least) for one in months]
    sums: dict[str, int] = {}
    hidden: dict[str, list[int]] = {}
    for one, shown in zip(months, told, strict=True):
        for name, count in one.items():
            sums[name] = sums.get(name, 0) + count
            if shown[name] is None:
                hidden.setdefault(name, []).append(count)
    also = {name for name, few in hidden.items() if len(few) == 1 or sum(few) < least}
    return suppressed(sums, least, also)
