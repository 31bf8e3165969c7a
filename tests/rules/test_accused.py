"""回避: who is complained of, and who is only asked for help. Every matter is made up（虚构）."""

import pytest

from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import from_topics
from hotline.policy.routes import Matter, accused_in, routed

PREFECTURE = from_topics("522700", topics_of(packs_on_disk(), "522700"))


def accused(told: str = "", target: str = "", county: str = "522701") -> frozenset[str]:
    return accused_in(PREFECTURE, Matter(("water",), county, told=(told,), target=target))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("举报都匀市水务局，泵站的污水直接排进剑江。", "522701.water"),
        ("都匀市水务局的泵站每天往剑江排污水。", "522701.water"),
        ("市水务局的污水处理厂长期偷排。", "522701.water"),
        ("县环保局不作为，工厂天天冒烟。", "522701.environment"),
        ("黔南州生态环境局都匀分局收了好处，睁一只眼闭一只眼。", "522701.environment"),
        ("环保局通风报信，一来检查就停工。", "522701.environment"),
        ("州水务局包庇这个企业。", "522700.water"),
        ("城管局的垃圾车漏污水，一路都是臭水。", "522701.urban_management"),
        ("都匀市人民政府的工地夜里施工。", "522701.government"),
        ("投诉住建局：工地扬尘没人管。", "522701.housing"),
        ("都匀城管局自己焚烧垃圾，冒黑烟。", "522701.urban_management"),
        ("城管不作为，夜市油烟直排。", "522701.urban_management"),
        ("县环保一直不作为，砖厂照样冒烟。", "522701.environment"),
        ("城管和环保互相推诿，油烟没人管。", "522701.environment"),
        ("城管和环保互相推诿，油烟没人管。", "522701.urban_management"),
        ("多次向环保局反映，环保局不管。", "522701.environment"),
        ("州住建根本不管，工地照样施工。", "522700.housing"),
        ("水务局反正就是不管。", "522701.water"),
    ],
)
def test_a_department_that_is_complained_of_is_found(told: str, code: str) -> None:
    assert code in accused(told)


@pytest.mark.parametrize(
    "told",
    [
        "请都匀市生态环境局尽快查处这家厂。",
        "我向环保局反映过，没有结果。",
        "希望市环保局来管一管，河水发臭。",
        "已经打电话给住建局，说会处理。",
        "环保局来检查的时候他们就停，走了又排。",
        "尊敬的水务局领导：河里的水又黑又臭。",
        "环保局的人来了就不排，走了又排。",
        "建议交由市场监管局处理油烟。",
        "镇政府的垃圾池没人清理，臭得很。",
        "水务公司的管道破了。",
        "环保设备是坏的，老板不管。",
        "如果环保局不管，我们就去省里。",
        "厂在环保局旁边，不管白天晚上都在排。",
        "请环保局不管怎么样都来看一下。",
    ],
)
def test_whoever_is_only_asked_or_came_to_look_is_not(told: str) -> None:
    assert accused(told) == frozenset()


def test_the_named_party_is_accused_by_its_name_alone() -> None:
    assert "522701.water" in accused(target="都匀市水务局")
    assert "522701.water" in accused(target="都匀市水务局泵站")
    assert accused(target="某砖厂") == frozenset()


def test_what_stands_below_the_accused_is_left_out_too() -> None:
    found = accused("举报黔南州生态环境局")
    assert {"522700.environment", "522701.environment", "522702.environment"} <= found
    assert "520000.environment" not in found


def test_the_same_words_mean_the_bureau_of_the_matters_own_county() -> None:
    assert accused("县环保局不作为", county="522725") == {"522725.environment"}


def test_it_goes_to_the_superior_and_the_answer_says_so() -> None:
    told = ("举报都匀市水务局，泵站的污水直接排进剑江。",)
    answer = routed(PREFECTURE, Matter(("water.river",), "522701", told=told))
    assert answer.lead == "522700.water"
    assert [one.who for one in answer.passed if one.why == "accused"] == ["522701.water"]


def test_the_last_office_before_the_deed_is_the_one_that_is_blamed() -> None:
    assert accused("向环保局反映过，但是住建局一直推诿。") == {"522701.housing"}
