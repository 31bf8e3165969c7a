"""领奖密语: words that are told apart by ear, and slips that are found before a try is spent."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.secret_words import IN_ALL, WORDS, secret_from, slip, words_in
from hotline.rules.sounds import heard

LOT = st.binary(min_size=10, max_size=10)


def test_eighty_bits_in_words_that_no_ear_takes_for_one_another() -> None:
    assert len(WORDS) == 256
    assert len({heard(word) for word in WORDS}) == len(WORDS)
    assert {len(word) for word in WORDS} == {2}


@given(LOT)
def test_what_was_shown_is_read_back_however_it_is_typed(lot: bytes) -> None:
    words = secret_from(lot)
    assert len(words) == IN_ALL
    for between in ("", " ", "、", "\n", " - "):
        assert words_in(between.join(words)) == words
    assert slip(words) == ("", 0)


@given(LOT, st.integers(0, 10), st.integers(1, 255))
def test_one_wrong_word_is_found(lot: bytes, place: int, other: int) -> None:
    words = list(secret_from(lot))
    words[place] = WORDS[(WORDS.index(words[place]) + other) % len(WORDS)]
    assert slip(words)[0] == "secret.slip"


@given(LOT)
def test_two_words_exchanged_are_found(lot: bytes) -> None:
    words = secret_from(lot)
    for one, other in combinations(range(IN_ALL), 2):
        if words[one] != words[other]:
            changed = list(words)
            changed[one], changed[other] = words[other], words[one]
            assert slip(changed)[0] == "secret.slip"


def test_a_word_heard_and_written_otherwise_is_put_right_and_a_strange_one_is_named() -> None:
    words = secret_from(bytes(range(10)))
    assert words[0] == "苹果"
    assert words_in("平果" + "".join(words[1:])) == words
    assert slip(words_in("电脑" + "".join(words[1:]))) == ("secret.no_word", 1)
    assert slip(words[:4]) == ("secret.count", 4)
