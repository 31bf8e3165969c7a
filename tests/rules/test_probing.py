"""By which words a report is looked for. All made up."""

from hotline.rules.normalise import bigrams
from hotline.rules.probing import BUDGET, MOST, probes
from hotline.rules.rarity import PLAIN, Rarity

TEXT = "甘塘镇路口的砖厂每天夜里排放黑烟，气味刺鼻，附近的人都关着窗户睡觉，请派人来查一查。"


def words(title: str, rarity: Rarity) -> list[str]:
    return [probe.word for probe in probes(title, bigrams(f"{title}\n{TEXT}"), rarity)]


def test_words_of_the_title_are_looked_up_first() -> None:
    assert set(words("甘塘砖厂", PLAIN)[:3]) <= set(bigrams("甘塘砖厂"))


def test_what_everybody_says_is_not_looked_up() -> None:
    often = Rarity(1000, {"黑烟": 400, "气味": 300})
    assert not {"黑烟", "气味"} & set(words("甘塘砖厂", often))


def test_a_common_word_of_the_title_is_looked_up_after_the_seldom_ones() -> None:
    often = Rarity(1000, {"黑烟": 100})
    assert words("甘塘黑烟", often).index("甘塘") < words("甘塘黑烟", often).index("黑烟")


def test_the_cost_stays_within_the_budget_however_many_reports_there_are() -> None:
    many = Rarity(5000, {"砖厂": 900, "甘塘": 3}, stored=1_000_000)
    chosen = words("甘塘砖厂", many)
    assert 0 < len(chosen) <= BUDGET // 100
    assert len(words("甘塘砖厂", Rarity(5000))) <= MOST


def test_there_is_always_something_to_look_by() -> None:
    assert words("黑烟", Rarity(100, dict.fromkeys(bigrams(f"黑烟\n{TEXT}"), 90), 10**9))


def test_an_empty_report_is_looked_for_by_nothing() -> None:
    assert probes("", (), PLAIN) == ()
