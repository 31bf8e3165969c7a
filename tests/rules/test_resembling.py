"""Likeness of words: rare ones, misheard ones, names and what is said beside them. All made up."""

import math
from collections.abc import Callable
from time import process_time

from hotline.rules.rarity import PLAIN, Rarity
from hotline.rules.resembling import Resemblance, Words, resemblance, words_of
from hotline.rules.signature import number, opening_signature, signature, title_signature

TITLE = "甘塘镇砖厂夜间排放刺鼻黑烟"
BODY = "甘塘镇路口的砖厂每天夜里排放黑烟，气味刺鼻，附近的人都关着窗户睡觉，请派人来查一查。"


def words(title: str, body: str = "", rarity: Rarity = PLAIN) -> Words:
    said = frozenset(signature(title, body))
    return words_of(said, title_signature(title), opening_signature(body), rarity)


def alike(one: Words, other: Words) -> Resemblance:
    found = resemblance(one, other)
    assert found == resemblance(other, one)
    return found


def test_a_text_is_most_like_itself() -> None:
    one = words(TITLE, BODY)
    same = alike(one, one)
    other = alike(one, words("采石场放炮扬尘", "绿茵湖边的采石场白天放炮，粉尘落满菜地。"))
    assert min(same.heads, same.told, same.title_told) > 0.8
    assert max(other.heads, other.told, other.title_told) < 0.1
    assert not same.other_names


def test_a_misheard_text_is_nearly_the_same_text() -> None:
    heard = alike(
        words(TITLE, BODY), words("甘糖镇专场夜间排放次鼻黑烟", BODY.replace("砖厂", "专场"))
    )
    assert min(heard.heads, heard.told, heard.title_told) > 0.8


def test_a_seldom_word_weighs_more_than_a_common_one() -> None:
    rarity = Rarity(1000, {number("黑烟"): 600, number("甘塘"): 3})
    assert rarity.weight(number("甘塘")) > 5
    assert rarity.weight(number("黑烟")) < 2


def test_what_everybody_says_weighs_little_from_the_first_day() -> None:
    assert PLAIN.total([number("领导")]) < PLAIN.total([number("甘塘")])


def test_a_greeting_and_what_follows_late_do_not_count_as_the_opening() -> None:
    late = "以上情况请有关部门尽快处理为盼" * 20
    one = alike(words("砖厂冒烟", BODY), words("砖厂冒烟", f"尊敬的领导：您好！{BODY}{late}"))
    assert one.heads > 0.8


def test_the_title_of_one_is_found_in_the_others_body() -> None:
    found = alike(words("绿荫花园的搅拌站"), words("粉尘太大", "绿荫花园旁边的搅拌站粉尘太大"))
    assert found.told > 0.4


def test_the_same_problem_in_two_named_places_is_told_apart() -> None:
    one = words("山水湾小区配套幼儿园的问题", "山水湾小区配套幼儿园没有办好")
    other = words("凯旋门小区配套幼儿园的问题", "凯旋门小区配套幼儿园没有办好")
    assert alike(one, other).other_names
    assert not alike(one, one).other_names


def test_one_place_with_two_problems_agrees_in_none() -> None:
    one = words("绿荫花园的搅拌站噪音", "绿荫花园的搅拌站噪音吵人")
    again = words("绿荫花园搅拌站很吵", "绿荫花园的混凝土厂扰民，睡不着")
    unlike = words("绿荫花园退房款不还", "绿荫花园售楼部拖着退房款不还")
    assert alike(one, again).problems > 0.5
    assert alike(one, unlike).problems == 0


def test_two_who_ask_of_one_policy_have_each_a_case_of_his_own() -> None:
    one = words("请问落户补贴怎么申请", "我去年落户，补贴怎么申请")
    other = words("落户补贴申请被退回", "落户补贴的申请被退回三次")
    assert alike(one, other).own_case
    assert not alike(words(TITLE, BODY), words(TITLE, BODY)).own_case


def test_a_problem_that_many_name_tells_less_than_a_seldom_one() -> None:
    many = alike(words("何时开工"), words("什么时候动工"))
    seldom = alike(words("空调外机"), words("空调冰柜"))
    assert 0 < many.problems < seldom.problems


def test_a_seldom_word_shared_late_in_two_texts_is_found() -> None:
    late = "其他的事情已经说过了" * 12
    one = words("晚上睡不着", f"{late}，就是甘塘那家琥珀坊")
    same, other = words("请来查一下", f"{late}，琥珀坊"), words("请来查一下", f"{late}，在路边")
    rarity = Rarity(1000)
    assert resemblance(one, same, rarity).rare > resemblance(one, other, rarity).rare


def test_empty_reports_have_nothing_in_common() -> None:
    empty = alike(words(""), words(""))
    assert empty == Resemblance(0, 0, 0, 0, 0, False, 0, False, 0, 0, 0)


def spent(work: Callable[[], object]) -> float:
    """Processor time of the best of five hundreds."""
    best = math.inf
    for _ in range(5):
        before = process_time()
        for _ in range(100):
            work()
        best = min(best, process_time() - before)
    return best


def test_comparing_costs_a_fraction_of_reading() -> None:
    text = "".join(f"{BODY}第{number}次反映，夜里机器响到{number}点。" for number in range(6))
    one, other = words(TITLE, text), words("砖厂冒烟", f"{BODY}{text}")
    reading = spent(lambda: words(TITLE, text))
    assert spent(lambda: resemblance(one, other)) < reading / 3
