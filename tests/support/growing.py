"""Whether work grows with its text or with the text's square, whatever the machine."""

import math
from collections.abc import Callable
from time import process_time
from typing import Final

LINEAR: Final = 8.0  # of four times the text: what is linear takes 4, what is square 16


def growth(work: Callable[[str], object], text: str) -> float:
    """Processor time of the whole text by that of its first quarter, each the best of three."""
    return _spent(work, text) / _spent(work, text[: len(text) // 4])


def _spent(work: Callable[[str], object], text: str) -> float:
    best = math.inf
    for _ in range(3):
        before = process_time()
        work(text)
        best = min(best, process_time() - before)
    return best
