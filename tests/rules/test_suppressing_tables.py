"""小数遮蔽: nothing small can be told from a table's rows, columns and sums."""

import random

from hotline.rules.suppressing_tables import suppressed_table
from hotline.rules.suppression import LEAST


def test_one_small_count_takes_another_of_its_row_and_of_its_column() -> None:
    table = {"甲": {"水": 1, "气": 9}, "乙": {"水": 8, "气": 7}, "丙": {"水": 0, "气": 5}}
    told = suppressed_table(table)
    assert told["甲"] == {"水": None, "气": None}
    assert told["乙"]["水"] is None  # else the column's sum would tell
    assert told["丙"]["水"] == 0


def test_every_line_hides_nothing_or_enough() -> None:
    lot = random.Random(7)
    for _ in range(300):
        rows, names = range(lot.randrange(1, 6)), range(lot.randrange(1, 6))
        table = {str(r): {str(n): lot.choice((0, 0, 1, 2, 3, 9)) for n in names} for r in rows}
        told = suppressed_table(table)
        lines = [[(r, n) for n in table[r]] for r in table]
        lines += [[(r, str(n)) for r in table] for n in names]
        for line in lines:
            hidden = [table[r][n] for r, n in line if told[r][n] is None]
            shown = [n for r, c in line if (n := told[r][c])]
            assert all(n >= LEAST for n in shown)
            if hidden and shown:  # what is left over is one of several, and not small in all
                assert len(hidden) > 1
                assert sum(hidden) >= LEAST
