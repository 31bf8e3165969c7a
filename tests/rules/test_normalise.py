"""One form for one text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.rules.normalise import LONGEST_WORD, bigrams, body_key_text, phone_digits, tidy
from tests.support.growing import LINEAR, growth

ANY_TEXT = st.text(st.characters(codec=None))


def test_full_width_letters_digits_and_spaces_become_plain_ones() -> None:
    assert tidy("ＰＭ２．５\u3000超标") == "PM2.5 超标"


def test_every_line_end_becomes_one_kind() -> None:
    assert tidy("一\r\n二\r三\u2028四\x0b五\n六") == "一\n二\n三\n四\n五\n六"


def test_control_characters_go_and_a_tab_becomes_a_space() -> None:
    assert tidy("夜间\x00排\x1b[放\t废气\x7f") == "夜间排[放 废气"


def test_invisible_characters_cannot_split_a_word() -> None:
    assert tidy("恶\u200b臭\ufeff气\u00ad味\u202e\ufe0f") == "恶臭气味"


def test_a_lone_surrogate_becomes_a_visible_mark_that_utf_8_can_carry() -> None:
    assert tidy("坏\ud800字").encode() == "坏\ufffd字".encode()


def test_a_heap_of_accents_is_thinned() -> None:
    assert len(tidy("a" + "\u0301" * 500)) <= 5


def test_an_emoji_stays() -> None:
    assert tidy("臭\U0001f922死了") == "臭\U0001f922死了"


@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode()


def test_a_body_key_sees_neither_punctuation_nor_case_nor_space() -> None:
    assert (
        body_key_text("  厂区 Abc，夜里排烟！\n")
        == body_key_text("厂区ＡＢＣ夜里：排烟")
        == "厂区abc夜里排烟"
    )


def test_bodies_with_other_words_have_other_keys() -> None:
    assert body_key_text("甲厂排烟") != body_key_text("乙厂排烟")


def test_chinese_is_cut_into_pairs_and_other_words_stay_whole() -> None:
    assert bigrams("臭味大，PM2.5 高") == tuple(sorted({"臭味", "味大", "pm2.5", "高"}))


def test_punctuation_does_not_part_a_pair_but_a_word_does() -> None:
    assert bigrams("恶，臭") == ("恶臭",)
    assert bigrams("恶X臭") == tuple(sorted({"恶", "x", "臭"}))


def test_pairs_are_sorted_and_stand_once() -> None:
    assert bigrams("臭臭臭臭") == ("臭臭",)


def test_a_mask_is_nobodys_word() -> None:
    assert bigrams("请打〔手机〕找我") == bigrams("请打找我")
    assert "2020" in bigrams("环罚〔2020〕12号")


def test_a_word_has_a_longest_size() -> None:
    assert bigrams("a" * 5000) == ("a" * LONGEST_WORD,)


def test_an_empty_text_has_no_pairs() -> None:
    assert bigrams("") == bigrams("，。 \n") == ()


@pytest.mark.parametrize(
    "hostile",
    [
        "臭" * 20_000,
        "a\u0316\u0301" * 7_000,
        "1." * 10_000,
        "〔" * 20_000,
        "臭a" * 10_000,
        "\ufdfa" * 20_000,
    ],
)
def test_hostile_characters_take_as_long_as_there_are_many(hostile: str) -> None:
    assert growth(bigrams, hostile) < LINEAR
    assert growth(body_key_text, hostile) < LINEAR


@pytest.mark.parametrize(
    "raw",
    [
        "13800000000",
        "+86 138-0000-0000",
        "0086 13800000000",
        "８６１３８００００００００",
        "一三八零零零零零零零零",
        "138 0000 0000",
        "(+86)13800000000",
    ],
)
def test_a_mobile_number_has_one_form(raw: str) -> None:
    assert phone_digits(raw) == "13800000000"


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("0854-8220000", "08548220000"),
        ("+86 854 8220000", "08548220000"),
        ("(0854) 8220000 转 801", "08548220000"),
        ("8220000", "8220000"),
        ("400-000-0000", "4000000000"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_a_landline_and_a_number_abroad_have_one_form(raw: str, digits: str) -> None:
    assert phone_digits(raw) == digits


@pytest.mark.parametrize(
    "raw", ["", "无", "12345", "1380000000", "138000000000", "电话 13800000000", "²"]
)
def test_what_is_no_number_is_none(raw: str) -> None:
    assert phone_digits(raw) is None


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    assert isinstance(bigrams(text), tuple)
    phone_digits(text)
