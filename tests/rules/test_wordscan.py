"""Looking for many words in one text."""

from hotline.rules.wordscan import WordScan


def test_a_longer_word_hides_the_shorter_one_inside_it() -> None:
    assert [word for _, word in WordScan(["噪音", "施工噪音", "施工"]).found("夜间施工噪音")] == [
        "施工噪音"
    ]


def test_every_hit_carries_its_place_in_the_text() -> None:
    assert list(WordScan(["臭", "烟"]).found("又臭又有烟")) == [(1, "臭"), (4, "烟")]


def test_an_empty_word_or_text_finds_nothing() -> None:
    assert list(WordScan([""]).found("污水")) == []
    assert list(WordScan(["污水"]).found("")) == []


def test_a_character_is_used_by_one_word_only() -> None:
    assert [word for _, word in WordScan(["污水", "水质"]).found("污水质")] == ["污水"]
