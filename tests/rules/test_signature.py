"""Words as numbers: by sound, small, in order, and the same for ever. All made up."""

from itertools import pairwise

import pytest

from hotline.rules.normalise import bigrams
from hotline.rules.signature import HALF, WORD, numbered, signature, title_signature
from hotline.rules.sounds import SYLLABLES

LARGEST = 2**31 - 1  # of a signed column of 32 bits
STORED = (8945683, 622734, 4653304, 1290257661)


def test_what_sounds_alike_is_one_number() -> None:
    assert title_signature("都匀的砖厂") == title_signature("都云的专场")
    assert title_signature("都匀的砖厂") != title_signature("独山的砖厂")


def test_a_title_keeps_its_order_and_a_report_holds_each_word_once() -> None:
    title = title_signature("黑烟黑烟")
    assert len(title) == 3
    assert signature("黑烟黑烟", "") == tuple(sorted(set(title)))


def test_stored_words_give_the_same_numbers_as_the_text() -> None:
    assert numbered(bigrams("砖厂\n夜里冒黑烟PM2.5")) == signature("砖厂", "夜里冒黑烟PM2.5")


def test_pairs_that_follow_one_another_meet_in_one_half() -> None:
    for left, right in pairwise(title_signature("砖厂夜里冒黑烟")):
        assert left & ((1 << HALF) - 1) == right >> HALF


@pytest.mark.parametrize("word", ["砖厂", "砖", "pm2.5", "Ω", "𠮷野", "龘龘", "ñandú"])
def test_every_number_fits_its_column(word: str) -> None:
    assert all(0 <= number <= LARGEST for number in title_signature(word))


def test_other_words_are_no_pairs() -> None:
    assert all(number >= WORD for number in title_signature("pm2.5 3号 a12")[:1])


def test_stored_numbers_stay_as_they_are() -> None:
    assert len(SYLLABLES) == len(set(SYLLABLES)) < 1024
    assert title_signature("砖厂冒烟 pm2.5") == STORED
