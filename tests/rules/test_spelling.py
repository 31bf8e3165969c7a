"""Words as numbers by their characters: stored, so that they must never change."""

import pytest

from hotline.rules.spelling import spellings, spelt


@pytest.mark.parametrize(
    ("word", "number"),
    [("砖厂", 2014729090), ("黑烟", -1630441249), ("a1", 6357041), ("黑", -1665509289)],
)
def test_a_word_has_the_number_it_always_had(word: str, number: int) -> None:
    assert spelt(word) == number


def test_every_number_fits_the_column() -> None:
    words = ["鿿鿿", "\U00020000\U00020001", "x" * 40, "龥", "㐀㐀", "１２"]
    assert all(-(2**31) <= spelt(word) < 2**31 for word in words)


def test_each_word_counts_once_in_ascending_order() -> None:
    numbers = spellings(["黑烟", "砖厂", "黑烟"])
    assert numbers == (spelt("黑烟"), spelt("砖厂"))
