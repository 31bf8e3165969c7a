"""小数遮蔽 in a table of rows and columns: no hidden count can be told from its row or column."""

from collections.abc import Mapping
from typing import Final

from hotline.rules.suppression import LEAST

Table = Mapping[str, Mapping[str, int]]
Cell = tuple[str, str]
ROW, COLUMN = 0, 1
MOST_ROUNDS: Final = 1000


def suppressed_table(counts: Table, least: int = LEAST) -> dict[str, dict[str, int | None]]:
    """None for every count from 1 to least - 1, and for what would give such a one away.

    A line's sum is public: a single hidden cell of it is the sum less the others, and several
    that together are fewer than `least` are each known to be small. Then the next smallest goes
    with them, which may open the line that crosses: so until nothing changes.
    """
    cells = {(row, name): count for row, of in counts.items() for name, count in of.items()}
    hidden = {cell for cell, count in cells.items() if 0 < count < least}
    for _ in range(MOST_ROUNDS):
        more = _given_away(cells, hidden, least)
        if more is None:
            break
        hidden.add(more)
    return {
        row: {name: None if (row, name) in hidden else count for name, count in of.items()}
        for row, of in counts.items()
    }


def _given_away(cells: Mapping[Cell, int], hidden: set[Cell], least: int) -> Cell | None:
    """The cell to hide next, of the first line that gives one away; None when none does."""
    for side in (ROW, COLUMN):
        for line in sorted({cell[side] for cell in hidden}):
            of_line = [cell for cell in hidden if cell[side] == line]
            if len(of_line) > 1 and sum(cells[cell] for cell in of_line) >= least:
                continue
            left = [
                (count, cell)
                for cell, count in cells.items()
                if cell[side] == line and cell not in hidden and count > 0
            ]
            if left:
                return min(left)[1]
    return None
