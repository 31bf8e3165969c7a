"""小数遮蔽: counts so small that they would point at somebody are not published."""

from collections.abc import Mapping
from typing import Final

LEAST: Final = 3


def suppressed(counts: Mapping[str, int], least: int = LEAST) -> dict[str, int | None]:
    """None for every count from 1 to least - 1.

    A single one could be told from the total, so the next smallest goes with it.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    others = [name for name, count in counts.items() if count >= least]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda name: (counts[name], name)))
    return {name: None if name in hidden else count for name, count in counts.items()}
