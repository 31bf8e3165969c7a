"""小数遮蔽: what one span hides no other one tells, nor their difference."""

import random

from hotline.rules.suppression import LEAST, over_months, suppressed

KINDS = ("air", "water", "noise", "waste")


def test_a_year_hides_what_would_tell_the_one_month_that_is_hidden() -> None:
    months = [{"air": 9, "water": 5, "noise": 1}, {"air": 9, "water": 8, "noise": 9}]
    assert suppressed(months[0]) == {"air": 9, "water": None, "noise": None}
    assert over_months(months) == {"air": 18, "water": None, "noise": None}


def test_a_year_tells_what_many_hidden_months_have_together() -> None:
    few = {"air": 9, "noise": 2, "waste": 2}
    assert over_months([few] * 3) == {"air": 27, "noise": 6, "waste": 6}


def test_no_difference_of_spans_is_a_small_count() -> None:
    for seed in range(400):
        lot = random.Random(seed)
        months = [{kind: lot.choice((0, 1, 2, 4, 7)) for kind in KINDS} for _ in range(12)]
        told = [suppressed(one) for one in months]
        for kind, year in over_months(months).items():
            hidden = [one[kind] for one, shown in zip(months, told, strict=True)
                      if shown[kind] is None]  # fmt: skip
            if year is not None and hidden:
                assert len(hidden) > 1
                assert year - sum(one[kind] or 0 for one in told) >= LEAST
