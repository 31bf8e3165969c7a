"""Likeness of words: rare ones, misheard ones, names and what is said beside them. All made up."""

from hotline.rules.normalise import bigrams
from hotline.rules.rarity import PLAIN, Rarity
from hotline.rules.resembling import Resemblance, Words, resemblance, words_of

TITLE = "甘塘镇砖厂夜间排放刺鼻黑烟"
BODY = "甘塘镇路口的砖厂每天夜里排放黑烟，气味刺鼻，附近的人都关着窗户睡觉，请派人来查一查。"


def words(title: str, body: str = "", rarity: Rarity = PLAIN) -> Words:
    return words_of(title, frozenset(bigrams(f"{title}\n{body}")), rarity)


def alike(one: Words, other: Words) -> Resemblance:
    found = resemblance(one, other)
    assert found == resemblance(other, one)
    return found


def test_a_text_is_most_like_itself() -> None:
    one = words(TITLE, BODY)
    same = alike(one, one)
    other = alike(one, words("采石场放炮扬尘", "绿茵湖边的采石场白天放炮，粉尘落满菜地。"))
    assert same.text > 0.7
    assert other.text < 0.1
    assert (same.unmatched, same.other_names) == (0.0, False)


def test_a_misheard_text_is_nearly_the_same_text() -> None:
    heard = alike(
        words(TITLE, BODY), words("甘糖镇专场夜间排放次鼻黑烟", BODY.replace("砖厂", "专场"))
    )
    assert heard.text > 0.7
    assert heard.unmatched == 0.0


def test_a_seldom_word_weighs_more_than_a_common_one() -> None:
    rarity = Rarity(1000, {"黑烟": 600, "甘塘": 3})
    assert rarity.weight("gan tan") > 2 > rarity.weight("hei yan")


def test_a_word_in_every_second_report_is_expected_in_every_second_report() -> None:
    rarity = Rarity(1000, {"黑烟": 530})
    assert 0.45 < rarity.share("黑烟") < 0.55
    assert rarity.share("甘塘") < 0.001


def test_what_everybody_says_weighs_little_from_the_first_day() -> None:
    assert PLAIN.total(["lin dao"]) < PLAIN.total(["gan tan"])


def test_the_name_of_one_place_is_found_in_the_others_body() -> None:
    found = alike(words("绿荫花园的搅拌站"), words("粉尘太大", "绿荫花园旁边的搅拌站粉尘太大"))
    assert found.name > 0.7


def test_the_same_problem_in_two_named_places_is_told_apart() -> None:
    one = words("山水湾小区配套幼儿园的问题", "山水湾小区配套幼儿园没有办好")
    other = words("凯旋门小区配套幼儿园的问题", "凯旋门小区配套幼儿园没有办好")
    assert alike(one, other).other_names
    assert not alike(one, one).other_names


def test_one_place_with_two_problems_leaves_the_rest_unmatched() -> None:
    one = words("绿荫花园的搅拌站噪音", "绿荫花园的搅拌站噪音吵人")
    again = words("绿荫花园搅拌站很吵噪音大", "绿荫花园的搅拌站噪音吵得睡不着")
    unlike = words("绿荫花园退房款不还", "绿荫花园售楼部拖着退房款不还")
    assert alike(one, again).unmatched < alike(one, unlike).unmatched


def test_empty_reports_have_nothing_in_common() -> None:
    empty = alike(words(""), words(""))
    assert (empty.text, empty.titles, empty.name, empty.rest, empty.rare) == (0, 0, 0, 0, 0)
