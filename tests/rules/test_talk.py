"""微信对话: what is told, in whatever order, becomes one report. Everything is made up（虚构）."""

from datetime import UTC, datetime, timedelta

import pytest

from hotline.rules.report import LONGEST_TEXT, faults, position
from hotline.rules.spoken_orders import Order, spoken
from hotline.rules.talk import Ask, Kind, Said, Talk, heard, held_talk, report_of, talk_of
from hotline.rules.tongue import Tongue, tongue_after

AT = datetime(2026, 3, 9, 4, tzinfo=UTC)


def say(talk: Talk, words: str, after: float = 10, *, known: bool = False) -> Talk:
    asked = datetime.fromisoformat(talk.asked_at) if talk.asked_at else AT
    said = Said(Kind.TEXT, asked + timedelta(seconds=after), "o", words)
    return heard(talk, said, lambda text: known)


def test_words_that_come_before_the_question_was_read_are_no_answer_to_it() -> None:
    talk = say(Talk(), "某砖厂冒黑烟，很呛人")
    assert talk.asked == Ask.WHERE
    talk = say(talk, "还有很大的噪声", after=1)

    assert talk.landmark == ""
    assert talk.texts == ("某砖厂冒黑烟，很呛人", "还有很大的噪声")


def test_who_does_not_know_is_not_asked_again() -> None:
    talk = say(say(Talk(), "某砖厂冒黑烟，很呛人"), "不知道")
    assert talk.asked == Ask.WHEN
    talk = say(talk, "不清楚")
    assert talk.asked == Ask.WHO
    report = report_of(say(talk, "1"), "o", "522700", "520000", "v1")

    assert (report.story.landmark, report.story.occurred) == ("", "")
    assert report.contact.is_empty()
    assert faults(report) == {}


def test_a_position_is_kept_as_wechats_map_gives_it() -> None:
    said = Said(Kind.LOCATION, AT, "o", "河边", longitude=107.517, latitude=26.258)
    talk = heard(say(Talk(), "每晚都有刺鼻的味道"), said, lambda text: False)
    report = report_of(talk, "o", "522700", "520000", "v1")

    assert report.story.system == "gcj02"
    point = position(report.story)
    assert point
    assert 0.001 < abs(point.longitude - 107.517) < 0.01
    assert faults(report) == {}


def test_what_has_no_room_is_not_noted_and_said_to_be_so() -> None:
    talk = say(Talk(), "一" * LONGEST_TEXT, known=True)
    more = say(talk, "还有一句")

    assert not talk.full
    assert more.full
    assert more.texts == talk.texts


def test_a_talk_comes_back_from_its_draft() -> None:
    talk = say(Talk(), "每晚都有刺鼻的味道")

    assert talk_of(held_talk(talk)) == talk


@pytest.mark.parametrize(
    ("words", "order"),
    [
        ("进度", Order.PROGRESS),
        ("PROGRESS", Order.PROGRESS),
        ("进度怎么样了啊", Order.NONE),
        ("进度 太慢了", Order.NONE),
        ("补充 昨晚又冒黑烟", Order.SUPPLEMENT),
        ("取消", Order.CANCEL),
        ("取消那个厂的排污许可", Order.NONE),
        ("取消 吧", Order.NONE),
        ("", Order.NONE),
        ("？", Order.HELP),
    ],
)
def test_an_order_is_a_word_by_itself(words: str, order: Order) -> None:
    assert spoken(words).order is order


@pytest.mark.parametrize(
    ("known", "words", "language"),
    [
        (None, "Hello", "en"),
        (None, "ok", ""),
        (None, "Black smoke every night", "en"),
        (None, "KFC 对面每晚都有刺鼻的味道", ""),
        (Tongue("en"), "都匀市", "en"),  # a place
        (Tongue("en"), "每天晚上都有很刺鼻的味道", ""),
        (Tongue("en", chosen=True), "每天晚上都有很刺鼻的味道", "en"),
        (Tongue("en", chosen=True), "中文", ""),
        (Tongue(), "http://example.com/a/b/c", ""),
        (Tongue(), "EN", "en"),
    ],
)
def test_a_person_is_answered_in_the_language_of_whole_sentences_or_the_one_chosen(
    known: Tongue | None, words: str, language: str
) -> None:
    assert tongue_after(known, words).language == language
