"""听写: what dictation wrote with other characters of the same sound."""

import pytest

from hotline.rules.dictated import Dictated, Heard

DICTATED = Dictated(
    [
        Heard("噪音"),
        Heard("污水", ("五水",), ("服务水", "务水", "雾水")),
        Heard("基站", ("机战",), ("塔基",)),
    ]
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("造音太大", "噪音太大"),
        ("噪英扰民", "噪音扰民"),
        ("五水排到河里", "污水排到河里"),
        ("楼顶的机战", "楼顶的基站"),
        ("造音和五水", "噪音和污水"),
    ],
)
def test_what_was_misheard_is_put_right(said: str, meant: str) -> None:
    assert DICTATED.corrected(said) == meant


@pytest.mark.parametrize(
    "text", ["", "噪音污水基站", "招引投资", "业务水平", "一头雾水", "塔基占地", "abc"]
)
def test_ordinary_words_of_the_same_sound_stay(text: str) -> None:
    assert DICTATED.corrected(text) == text
