"""回避: whoever is complained about must not be handed the complaint. All made up（虚构）."""

import pytest

from hotline.rules.recusal import accuses_office


@pytest.mark.parametrize(
    "told",
    [
        "多次向县环保局反映，环保局不作为，砖厂照样排烟。",
        "执法大队有人通风报信，检查前厂里就停机了。",
        "我上次举报后，工作人员把我的电话透露给了老板。",
        "镇政府包庇这家采石场（虚构）",
        "有保护伞，当地领导收了好处。",
        "环保不作为，砖厂（虚构）天天冒黑烟。",
        "城管和环保互相推诿，油烟没人管。",
        "城管一直不作为，夜市油烟直排。",
        "反映了三次，环保局不管。",
        "村委会根本不管，粪水照样流。",
        "住建也不管，工地天天扬尘。",
        "环保局不管老百姓死活。",
    ],
)
def test_what_officials_are_blamed_for_is_heard(told: str) -> None:
    assert accuses_office(told)


@pytest.mark.parametrize(
    "told",
    [
        "塑料厂（虚构）每天半夜排放刺鼻臭气，请环保局尽快处理。",
        "老板对我们的投诉不闻不问。\n请有关部门来看看。",
        "加油站旁边的餐馆油烟很大。",
        "厂里的人打击报复举报的工友。",
        "环保设备是坏的，老板对我们不闻不问。",
        "环保局不管白天黑夜都有人值班，砖厂（虚构）还是照排。",
        "要是环保局不管，我们只有上访了。",
        "物业不管，楼下餐馆油烟很大。",
        "这种事有关部门不管怎么行，请来查一查。",
    ],
)
def test_a_complaint_about_a_firm_is_handed_on(told: str) -> None:
    assert not accuses_office(told)
