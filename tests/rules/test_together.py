"""搭配: two cues close together (made-up cues)."""

from hotline.rules.together import Together

CUES = {"river": ["河", "河里"], "dark": ["黑"], "tap": ["水"], "sound": ["响"], "night": ["半夜"]}
PAIRS = {"water": ["river dark", "tap dark then"], "noise": ["sound night"]}
TOGETHER = Together(CUES, ["影响", "黑车"], PAIRS)


def said(text: str) -> list[tuple[str, str]]:
    return list(TOGETHER.said(text))


def test_two_cues_in_either_order_say_a_kind_once() -> None:
    assert said("河变黑了") == [("water", "河…黑")]
    assert said("黑黑的河，河里黑") == [("water", "黑…河")]


def test_cues_far_apart_say_nothing() -> None:
    assert said("河对面那条街上的人说晚上天黑") == []


def test_an_idle_word_hides_the_cue_inside_it() -> None:
    assert said("半夜影响休息，河边有黑车") == []
    assert said("半夜还在响") == [("noise", "半夜…响")]


def test_a_pair_told_in_order_holds_in_that_order_alone() -> None:
    assert said("水是黑的") == [("water", "水…黑")]
    assert said("黑的是水") == []


def test_one_cue_is_no_pair_with_itself() -> None:
    assert said("河") == []
