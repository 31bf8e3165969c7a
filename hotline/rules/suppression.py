"""小数遮蔽: counts so small that they would point at somebody are not published."""

from collections.abc import Mapping
from typing import Final

LEAST: Final = 3


def suppressed(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """None for every count from 1 to least - 1.

    What is hidden could be told from the total when it is a single one, or when all of them
    together are so few that each must be one: then the next smallest goes with them.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    others = sorted((count, name) for name, count in counts.items() if count >= least)
    if others and hidden and (len(hidden) == 1 or sum(counts[name] for name in hidden) < least):
        hidden.add(others[0][1])
    return {name: None if name in hidden else count for name, count in counts.items()}
