"""By which words a report is looked for. All made up."""

from hotline.rules.normalise import grams
from hotline.rules.probing import MOST, NONE, Shares, probes
from hotline.rules.spelling import spellings, spelt

TEXT = "甘塘镇路口的砖厂每天夜里排放黑烟，气味刺鼻，附近的人都关着窗户睡觉，请派人来查一查。"


def asked(title: str, shares: Shares) -> list[int]:
    said = spellings(grams(f"{title}\n{TEXT}"))
    return [probe.gram for probe in probes(spellings(grams(title)), said, shares)]


def counted(held: dict[str, int]) -> dict[int, int]:
    return {spelt(word): many for word, many in held.items()}


def test_words_of_the_title_are_looked_up_first() -> None:
    assert set(asked("甘塘砖厂", NONE)[:3]) <= set(spellings(grams("甘塘砖厂")))


def test_what_everybody_says_is_not_looked_up() -> None:
    often = Shares(1000, counted({"黑烟": 400, "气味": 300}))
    assert not {spelt("黑烟"), spelt("气味")} & set(asked("甘塘砖厂", often))


def test_a_common_word_of_the_title_is_looked_up_after_the_seldom_ones() -> None:
    often = Shares(1000, counted({"黑烟": 100}))
    words = asked("甘塘黑烟", often)
    assert words.index(spelt("甘塘")) < words.index(spelt("黑烟"))


def test_the_cost_stays_within_the_budget_however_many_reports_there_are() -> None:
    every = dict.fromkeys(grams(TEXT), 30)  # in so many of 40,000, so in 500 of a million
    many = Shares(40_000, counted(every), stored=1_000_000)
    assert 0 < len(asked("甘塘砖厂", many)) <= 8
    assert len(asked("甘塘砖厂", Shares(40_000))) <= MOST


def test_there_is_always_something_to_look_by() -> None:
    assert asked("黑烟", Shares(100, dict.fromkeys(spellings(grams(TEXT)), 90), 10**9))


def test_an_empty_report_is_looked_for_by_nothing() -> None:
    assert probes((), (), NONE) == ()
