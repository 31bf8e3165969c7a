"""相同的字句 are marked, and not a character is lost. Made up（虚构）."""

from hotline.rules.in_common import pieces


def shared(text: str, *others: str) -> list[str]:
    return [piece.text for piece in pieces(text, others) if piece.shared]


def test_what_both_say_is_marked_and_what_one_says_is_not() -> None:
    one = "小围寨的塑料厂半夜排放刺鼻臭气，睡不着。"
    other = "半夜又闻到塑料厂排放刺鼻臭气！"
    assert shared(one, other) == ["塑料厂", "排放刺鼻臭气"]


def test_nothing_is_lost_or_added() -> None:
    text = "第一行，臭气熏天。\n\n第二行<b>臭气熏天</b>，没人管。"
    assert "".join(piece.text for piece in pieces(text, ("臭气熏天", "没人管了"))) == text


def test_two_characters_and_punctuation_are_nothing_in_common() -> None:
    assert shared("我们这里", "我们那里") == []
    assert shared("好，，，，坏", "又，，，，又") == []


def test_any_of_several_texts_counts_and_none_gives_nothing() -> None:
    assert shared("油烟管道正对窗户", "无关的话", "管道正对窗户") == ["管道正对窗户"]
    assert shared("油烟管道正对窗户") == []
    assert pieces("", ("一段话",)) == ()


def test_a_very_long_text_stays_quick() -> None:
    text = "塑料厂排放刺鼻臭气" * 2000
    assert "".join(piece.text for piece in pieces(text, (text[5:],))) == text
