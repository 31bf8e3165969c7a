"""Numbers that betray nothing, and slips of the pen that are found."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.numbering import (
    clean_code,
    clean_number,
    code_from,
    grouped,
    is_public_number,
    lot_from,
    public_number,
)

DAY = date(2026, 1, 4)
LOTS = st.text("0123456789", min_size=8, max_size=8)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))


def test_a_number_is_prefix_day_lot_and_check_digit() -> None:
    number = public_number("QN", DAY, "57200013")
    assert number[:-1] == "QN2026010457200013"
    assert len(number) == 19
    assert is_public_number(number)


@given(DAYS, LOTS)
def test_every_single_wrong_digit_is_found(day: date, lot: str) -> None:
    number = public_number("QN", day, lot)
    for place in range(2, len(number)):
        for digit in set("0123456789") - {number[place]}:
            assert not is_public_number(number[:place] + digit + number[place + 1 :])


@given(DAYS, LOTS)
def test_every_two_neighbours_exchanged_are_found(day: date, lot: str) -> None:
    number = public_number("QN", day, lot)
    for place in range(2, len(number) - 1):
        one, two = number[place], number[place + 1]
        if one != two:
            assert not is_public_number(number[:place] + two + one + number[place + 2 :])


@pytest.mark.parametrize(
    ("prefix", "lot"),
    [("", "12345678"), ("qn", "12345678"), ("QN", "1234567"), ("QN", "１２３４５６７８")],
)
def test_a_number_is_not_made_of_other_parts(prefix: str, lot: str) -> None:
    with pytest.raises(ValueError, match="needs"):
        public_number(prefix, DAY, lot)


def test_a_day_that_is_none_is_no_number() -> None:
    numbers = [f"QN2026023057200013{digit}" for digit in range(10)]
    assert not any(map(is_public_number, numbers))


@pytest.mark.parametrize(
    "write", [str.lower, grouped, lambda n: f" {n[:2]}-{n[2:10]}－{n[10:]}\u200b"]
)
def test_a_number_is_known_however_it_is_written(
    write: Callable[[str], str],
) -> None:
    number = public_number("QN", DAY, "00000417")
    assert clean_number(write(number)) == number


def test_a_number_in_full_width_is_known() -> None:
    number = public_number("QN", DAY, "00000417")
    wide = number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert clean_number(wide) == number


@pytest.mark.parametrize("text", ["", "QN", "QN20260104000004170", "臭" * 20_000, "٣" * 15])
def test_what_is_no_number_is_none(text: str) -> None:
    assert clean_number(text) is None


def test_a_code_has_sixteen_digits_and_passes_over_the_bytes_that_favour() -> None:
    assert code_from(bytes([255, 250, *range(16)])) == "0123456789012345"


def test_every_digit_of_a_code_is_equally_likely() -> None:
    drawn = Counter(code_from(bytes([byte] * 16))[0] for byte in range(250))
    assert set(drawn.values()) == {25}


def test_too_little_entropy_is_refused_rather_than_repeated() -> None:
    with pytest.raises(ValueError, match="entropy"):
        code_from(bytes(15))
    with pytest.raises(ValueError, match="entropy"):
        lot_from(bytes([255] * 64))


def test_a_lot_has_eight_digits() -> None:
    assert lot_from(bytes(range(10, 30))) == "01234567"


def test_a_code_is_shown_in_fours_and_read_back_in_any_form() -> None:
    code = "1234567890123456"
    assert grouped(code) == "1234 5678 9012 3456"
    for typed in (
        grouped(code),
        "1234-5678-9012-3456",
        "１２３４５６７８９０１２３４５６",
        f"\u200b{code}\n",
    ):
        assert clean_code(typed) == code


@pytest.mark.parametrize(
    "text", ["", "123456789012345", "12345678901234567", "123456789012345a", "1" * 9999]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert clean_code(text) is None
