"""What is handed out signed comes back as it was, for its purpose and in its time, or not."""

import pytest

from webforms.signed import opened, signed

HOUR = 3600


def test_a_signed_word_comes_back() -> None:
    assert opened(b"visitor", signed(b"visitor", "a.b"), seconds=HOUR) == "a.b"


@pytest.mark.parametrize("text", ["", ".", "..", "word", "a.1.ff", "a.1.雪", "\udcff.1.\udcff"])
def test_what_is_not_ours_opens_nothing(text: str) -> None:
    assert opened(b"visitor", text, seconds=HOUR) == ""


def test_neither_word_nor_moment_nor_purpose_can_be_exchanged() -> None:
    word, at, seal = signed(b"visitor", "anna").split(".")

    assert opened(b"visitor", f"otto.{at}.{seal}", seconds=HOUR) == ""
    assert opened(b"visitor", f"{word}.{int(at) + 1}.{seal}", seconds=HOUR) == ""
    assert opened(b"form token", f"{word}.{at}.{seal}", seconds=HOUR) == ""
    assert opened(b"visitor", f"{word}.{at}.{seal[:-1]}", seconds=HOUR) == ""


def test_a_word_is_good_for_so_long_and_no_longer() -> None:
    assert opened(b"visitor", signed(b"visitor", "anna"), seconds=-1) == ""
