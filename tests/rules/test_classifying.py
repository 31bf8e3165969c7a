"""分类: what is heard in a text, whose it is, and when a person must look (made-up lexicon)."""

import pytest

from hotline.rules.alarms import Alarms
from hotline.rules.classifying import Classified, Kind, Lexicon, classify

LEXICON = Lexicon(
    kinds=(
        Kind("air", "大气", "", ("空气",), ("空气污染",), True, ""),
        Kind("air.odour", "异味", "air", ("气味", "难闻"), ("臭味", "刺鼻"), True, ""),
        Kind("noise", "噪声", "", ("吵", "睡不着"), ("噪音",), True, ""),
        Kind("noise.social", "社会噪声", "noise", ("音响",), ("广场舞", "KTV"), True, ""),
        Kind("other", "其他", "", ("环保",), ("污染",), True, ""),
        Kind("labour", "劳动", "", ("工资", "老板"), ("拖欠工资",), False, "12333"),
        Kind("legal", "诉讼", "", ("法院",), ("已起诉",), False, "法院"),
    ),
    alarms=Alarms(("泄漏", "中毒")),
    threshold=2.0,
)


def heard(text: str, *chosen: str) -> Classified:
    return classify(LEXICON, text, chosen)


def kinds(found: Classified) -> list[str]:
    return [hit.code for hit in found.kinds]


def test_a_strong_word_is_enough_and_says_why() -> None:
    found = heard("楼下臭味")
    assert [(hit.code, hit.words) for hit in found.kinds] == [("air.odour", ("臭味",))]
    assert found.cause == ""


def test_several_kinds_are_heard_the_clearest_first() -> None:
    assert kinds(heard("KTV噪音吵得睡不着，还有臭味")) == ["noise.social", "air.odour"]


def test_a_first_level_kind_gives_way_to_a_finer_one_of_its_own() -> None:
    assert kinds(heard("空气污染，臭味刺鼻")) == ["air.odour"]


def test_other_is_a_kind_only_when_no_other_was_heard() -> None:
    assert kinds(heard("污染严重，臭味")) == ["air.odour"]
    assert kinds(heard("污染严重")) == ["other"]


def test_letters_are_read_in_either_case() -> None:
    assert kinds(heard("ktv太响")) == ["noise.social"]


def test_a_word_said_twenty_times_counts_once() -> None:
    assert heard("空气" * 20).cause == "kind.unsure"


def test_one_weak_word_alone_is_a_guess_and_asks_a_person() -> None:
    found = heard("气味")
    assert ([hit.code for hit in found.kinds], found.cause) == (["air.odour"], "kind.unsure")


@pytest.mark.parametrize("text", ["", "您好", "请领导关心"])
def test_a_text_without_any_known_word_asks_a_person(text: str) -> None:
    assert heard(text).cause == "kind.none"


def test_what_is_clearly_another_bodys_is_recognised_with_its_words() -> None:
    found = heard("老板拖欠工资")
    assert [(hit.code, hit.words) for hit in found.not_ours] == [("labour", ("老板", "拖欠工资"))]
    assert (found.kinds, found.cause) == ((), "")


def test_weak_words_of_another_body_alone_do_not_settle_it() -> None:
    assert heard("老板的工资").cause == "kind.unsure"


def test_one_word_of_ours_beside_anothers_asks_a_person() -> None:
    assert heard("老板拖欠工资，气味大").cause == "kind.unsure"


def test_ours_is_sure_when_clearly_louder_than_the_rest() -> None:
    found = heard("臭味刺鼻，老板不管")
    assert (kinds(found), found.cause) == (["air.odour"], "")
    assert heard("臭味，老板拖欠工资").cause == "kind.unsure"


def test_what_the_reporter_ticked_counts_as_said() -> None:
    assert kinds(heard("受不了", "noise")) == ["noise"]
    assert heard("受不了", "noise").cause == ""


def test_a_word_makes_a_ticked_kind_finer() -> None:
    assert kinds(heard("音响", "noise")) == ["noise.social"]


def test_a_ticked_kind_against_a_text_of_another_body_asks_a_person() -> None:
    found = heard("老板拖欠工资", "noise")
    assert (kinds(found), found.cause) == (["noise"], "kind.unsure")


@pytest.mark.parametrize("code", ["nonsense", "labour"])
def test_a_ticked_code_that_is_no_kind_of_ours_is_passed_over(code: str) -> None:
    assert kinds(heard("臭味", code)) == ["air.odour"]


def test_emergency_words_are_heard_beside_every_kind() -> None:
    assert heard("氨气泄漏，有人中毒，又泄漏了").emergency == ("泄漏", "中毒")
    assert heard("臭味").emergency == ()


def test_asides_are_no_kinds_of_the_report() -> None:
    lexicon = Lexicon(
        (
            Kind("a", "甲", "", (), ("一", "二", "三"), True, ""),
            Kind("b", "乙", "", ("四", "五"), (), True, ""),
        ),
        Alarms(()),
        2.0,
    )
    assert kinds(classify(lexicon, "一二三四五", ())) == ["a"]
