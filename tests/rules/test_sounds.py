"""What sounds alike is one; what sounds otherwise is two."""

import pytest

from hotline.rules.sounds import heard, sound, sounds


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("都匀", "督云"),
        ("瓮安", "翁安"),
        ("湄潭", "梅潭"),
        ("榕江", "容江"),
        ("砖厂", "专场"),
        ("垃圾", "拉基"),
        ("难闻", "蓝文"),
        ("湖边", "福边"),
    ],
)
def test_words_that_sound_alike_are_one(said: str, written: str) -> None:
    assert heard(said) == heard(written)


@pytest.mark.parametrize(("one", "other"), [("臭味", "烟味"), ("都匀", "都江"), ("pm2.5", "pm10")])
def test_words_that_sound_otherwise_are_two(one: str, other: str) -> None:
    assert heard(one) != heard(other)


def test_the_first_and_the_last_common_character_have_a_sound() -> None:
    assert (sound("啊"), sound("座")) == ("a", "zuo")


@pytest.mark.parametrize("strange", ["a", "7", "", "\U0001f922", "\ufffd", "龘"])
def test_what_is_no_known_character_stands_for_itself(strange: str) -> None:
    assert heard(strange) == strange


def test_every_word_keeps_its_place() -> None:
    assert sounds(["督云", "a7"]) == (heard("都匀"), "a7")
