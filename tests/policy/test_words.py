"""The delivered words, tried on sentences as citizens write them (all made up)."""

import pytest

from hotline.policy.load import packs_on_disk, topics_of
from hotline.policy.pack import from_topics
from hotline.rules.acceptance import accept
from hotline.rules.classifying import Classified, classify
from hotline.rules.locating import Located
from hotline.rules.terms import Wish

FILES = packs_on_disk()
PACK = from_topics("522700", topics_of(FILES, "522700"))
HERE = Located("522701", None, "chosen", "")


def heard(text: str) -> Classified:
    return classify(PACK.lexicon, text, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("厂里晚上放出来的味道刺鼻，闻了头晕，不敢开窗", "air.odour"),
        ("水泥厂天天落灰，窗台上一层粉尘", "air.dust"),
        ("那根烟囱半夜冒黑烟，煤灰到处飘", "air.dust"),
        ("喷漆房废气没有处理就直接排出来", "air.industrial"),
        ("楼下火锅店油烟直排到我家窗户", "air.cooking"),
        ("工地没有洒水，扬尘满天飞，黄土裸露", "air.site_dust"),
        ("渣土车一路抛洒滴漏，灰尘大得看不见", "air.road_dust"),
        ("村里好几家在田里烧秸秆", "air.burning"),
        ("有人烧垃圾烧电线皮", "air.burning"),
        ("化工厂趁下雨往河里偷排废水", "water.industrial"),
        ("河水变黑，鱼死了一大片", "water"),
        ("小区门口污水井溢出来，污水横流", "water.sewage"),
        ("隔壁养猪场粪水流到我家水田里", "water.livestock"),
        ("有人在河道里非法采砂", "ecology.sand"),
        ("河堤边有人乱堆弃渣，侵占河道", "water.river"),
        ("水源保护区旁边建了厂，饮用水源怕被污染", "water.source"),
        ("工地半夜施工打桩声音吵得睡不着", "noise.construction"),
        ("加工厂机器噪音从早响到晚", "noise.industrial"),
        ("广场舞音响太大，天天晚上吵", "noise.social"),
        ("楼下KTV唱到凌晨三点", "noise.social"),
        ("炸街摩托改装排气管轰鸣，飙车扰民", "noise.vehicle"),
        ("高速公路旁交通噪音大，要求装隔音屏", "noise.traffic"),
        ("路口垃圾堆好多天没人清运，苍蝇满天", "solid.household"),
        ("山沟里被人偷倒建筑垃圾和渣土", "solid.construction"),
        ("磷石膏渣库下雨天往外流", "solid.industrial"),
        ("有人把废机油和废酸倒在山坡上", "solid.hazardous"),
        ("炼锌厂周边土壤污染，庄稼绝收", "soil"),
        ("后山有人乱砍滥伐，大树都砍了", "ecology.forest"),
        ("有人在水库电鱼毒鱼", "ecology.wildlife"),
        ("采石场放炮炸山，房屋开裂", "ecology.mining"),
        ("楼顶通信基站辐射大", "radiation.em"),
        ("这个厂未批先建，没有环评手续", "manage"),
        ("企业篡改数据，在线监测造假", "manage.monitoring"),
    ],
)
def test_the_kind_a_citizen_means_is_heard_first_and_surely(text: str, kind: str) -> None:
    found = heard(text)
    assert (found.kinds[0].code, found.cause) == (kind, ""), found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("老师在外面有偿补课，收补课费，请教育局查一查", "education"),
        ("工地老板拖欠工资，农民工工资半年没发", "labour"),
        ("开发商延期交房，房产证办不下来", "housing"),
        ("医生误诊，医疗事故没人管", "medical"),
        ("出租车拒载不打表", "traffic"),
        ("买到假冒伪劣产品，商家不退货", "consumer"),
        ("被网上诈骗了，派出所不立案", "police"),
        ("低保被取消了，请民政局核实", "welfare"),
        ("对法院判决不服，已起诉到中院", "legal"),
        ("举报干部收受贿赂，请纪委查处", "discipline"),
    ],
)
def test_other_bodies_matters_are_refused_with_where_to_go(text: str, kind: str) -> None:
    found = heard(text)
    decision = accept(Wish.COMPLAIN, HERE, found, PACK.acceptance)
    assert (found.not_ours[0].code, decision.decision) == (kind, "refuse"), found
    assert decision.refer_to


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "请领导到现场看一看",
        "老师补课的教室旁边工地有点吵",
        "拖欠工资的那个厂还天天冒黑烟，农民工工资没发，社保也没买",
        "环保局的人上班时间打牌",
    ],
)
def test_what_is_unclear_or_mixed_goes_to_a_person(text: str) -> None:
    assert accept(Wish.COMPLAIN, HERE, heard(text), PACK.acceptance).decision == "triage"


@pytest.mark.parametrize(
    "text",
    [
        "厂里氨气泄漏",
        "河里大量死鱼",
        "罐车侧翻流了一地",
        "几个工人中毒昏迷",
        "鱼塘的鱼一夜之间死了一大片",
        "有人半夜往河里倾倒危化品",
        "探伤公司的放射源丢了",
        "自来水有一股农药味",
        "不是演练，真的泄漏了",
        "没有人管，罐子都爆炸了",
        "尾矿库的坝垮了",
    ],
)
def test_alarms_are_heard(text: str) -> None:
    assert heard(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "臭味太大",
        "拖欠工资",
        "个人信息泄露了",
        "臭得要爆炸了",
        "脑壳都要炸了",
        "来人看过，不是泄漏",
        "并没有发生爆炸，就是声音大",
        "昨天厂里搞氨气泄漏应急演练，喇叭吵",
        "楼下大火锅店油烟大",
        "电脑中毒了",
    ],
)
def test_ordinary_matters_raise_no_alarm(text: str) -> None:
    assert not heard(text).emergency


def test_a_text_of_two_matters_keeps_both_kinds() -> None:
    found = heard("楼下烧烤店油烟熏人，半夜喝酒唱歌噪音扰民")
    assert {hit.code.partition(".")[0] for hit in found.kinds} == {"air", "noise"}


def test_every_kind_is_spoken_of_in_many_words() -> None:
    thin = [k.code for k in PACK.lexicon.kinds if len(k.words) + len(k.strong) < 8]
    assert thin == []


@pytest.mark.parametrize(
    "text",
    [
        "There is a fire at the chemical plant!",
        "Gas is leaking from the factory next door",
        "We heard an explosion. Smoke everywhere.",
        "ammonia leak at the ice plant",
        "Hundreds of dead fish in the river this morning",
        "two workers fainted near the tank",
        "A tanker overturned and something flows into the river",
        "Our tap water smells of petrol",
        "the tailings dam has cracks",
        "This is not a drill, the tank exploded",
        "No one is fighting the fire",
        "No doubt an explosion",
        "Last year's fire was bad but now there is a fire again",
        "Last year there was an explosion, today gas is leaking again",
        "they dumped hazardous chemicals at night",
        "EXPLOSION",
        "The plant that opened two years ago exploded",
        "gas is leaking from the plant opened last year",
        "Someone set fire to the chemical warehouse",
        "厂里出事了 gas leak at the plant 快来人",
    ],
)
def test_alarms_are_heard_in_english(text: str) -> None:
    assert heard(text).emergency


@pytest.mark.parametrize(
    "text",
    [
        "There is no fire, just smoke from the chimney",
        "It was not an explosion, only a loud noise",
        "There isn\u2019t any sign of a gas leak",
        "nobody was poisoned",
        "the fish are not dead",
        "We still remember nothing of it; last year's explosion",
        "The plant had a fire two years ago",
        "There was an explosion in 2019",
        "About two years ago the plant exploded",
        "the explosion at the plant last year",
        "Yesterday they held a fire drill with loud sirens",
        "My head will explode from the noise",
        "the noise is like an explosion",
        "He was fired by the factory, and the fireworks are loud",
        "They leaked my personal information",
        "The roof leaks when it rains",
        "the fire station is next to the factory that stinks",
        "They set fire to garbage every evening",
        "楼下 fire 酒吧半夜太吵",
        "The smell is suffocating",
    ],
)
def test_ordinary_matters_raise_no_alarm_in_english(text: str) -> None:
    assert not heard(text).emergency
