"""What is hidden, and what must stay readable. Every person and number here is made up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotline.rules.redaction import TOKENS, Masked, leaks, mask
from tests.support.growing import LINEAR, growth


@pytest.mark.parametrize(
    "number",
    [
        "13800000000",
        "+86 138 0000 0000",
        "+86-13800000000",
        "0086 13800000000",
        "138-0000-0000",
        "138.0000.0000",
        "1 3 8 0 0 0 0 0 0 0 0",
        "１３８００００００００",
        "一三八零零零零零零零零",
        "一三八〇〇〇〇〇〇〇〇",
        "幺三八 0000 零零零零",
        "138\u200b0000\u200b0000",
        "𝟏𝟑𝟖𝟎𝟎𝟎𝟎𝟎𝟎𝟎𝟎",
        "١٣٨٠٠٠٠٠٠٠٠",
    ],
)
def test_a_mobile_number_is_hidden_however_it_is_written(number: str) -> None:
    masked = mask(f"厂里排烟，请打{number}，谢谢")
    assert masked.text == "厂里排烟，请打〔手机〕，谢谢"
    assert masked.found == ("mobile",)


def test_two_numbers_in_a_row_are_both_hidden() -> None:
    assert mask("13800000000 13900000000").text == "〔手机〕 〔手机〕"
    assert mask("1380000000013900000000").text == "〔手机〕"
    assert mask("2026-01-04 13800000000").text == "2026-01-04 〔手机〕"


@pytest.mark.parametrize(
    "number", ["0854-8220000", "(0854)8220000", "08548220000", "+86 854 8220000", "010-62220000"]
)
def test_a_landline_is_hidden(number: str) -> None:
    assert "220000" not in mask(f"打{number}找我").text
    assert mask(f"打{number}找我").found == ("landline",)


def test_a_local_number_is_hidden_after_its_cue() -> None:
    assert mask("电话：8220000").text == "电话：〔座机〕"


@pytest.mark.parametrize(
    "number",
    [
        "52270119900101001X",
        "52270119900101001x",
        "522701 19900101 0012",
        "522701900101001",
        "５２２７０１１９９００１０１００１Ｘ",
    ],
)
def test_an_id_number_is_hidden(number: str) -> None:
    assert mask(f"证号{number}。").text == "证号〔证件〕。"


def test_a_starred_id_number_is_hidden_after_its_cue() -> None:
    assert mask("身份证号：5227**********001X").text == "身份证号：〔证件〕"


@pytest.mark.parametrize(
    "number", ["6222020000000000018", "6222 0200 0000 0000 018", "4111111111111111"]
)
def test_a_bank_card_is_hidden(number: str) -> None:
    assert mask(f"卡{number}").text == "卡〔银行卡〕"


def test_a_long_number_that_no_bank_gives_stays_readable() -> None:
    assert mask("票据6222020000000000019").found == ()


def test_a_card_after_its_cue_is_hidden_even_when_mistyped() -> None:
    assert mask("卡号：6222 0200 0000 0000 000").text == "卡号：〔银行卡〕"


@pytest.mark.parametrize(
    "address",
    ["zhang.san+1@example.com", "ＺＳ＠ＥＸＡＭＰＬＥ．ＣＯＭ", "邮箱a_b@mail.example.cn"],
)
def test_a_mail_address_is_hidden(address: str) -> None:
    assert mask(f"写信{address}。").found == ("mail",)
    assert "@" not in mask(f"写信{address}。").text


@pytest.mark.parametrize(
    "text",
    [
        "微信号：zhangsan_88",
        "VX abc12345",
        "加我wxabc123",
        "加V：abc_1234",
        "查询码：1234 5678 9012 3456",
        "我的QQ是123456789",
        "QQ号：12345678",
        "openid是oABCD1234567890abcdefghijkl0",
        "wxid_abcdef123456",
    ],
)
def test_an_account_is_hidden(text: str) -> None:
    assert mask(text).found == ("account",)
    assert mask(text).text.endswith("〔账号〕")


@pytest.mark.parametrize(
    "plate", ["贵J12345", "贵J·1234A", "贵JD12345", "贵J12345F", "贵j 12345", "贵JA123挂"]
)
def test_a_number_plate_is_hidden(plate: str) -> None:
    assert mask(f"车牌{plate}的罐车夜里倒水").text == "车牌〔车牌〕的罐车夜里倒水"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫张三，住在镇上", "我叫〔姓名〕，住在镇上"),
        ("我叫李小明是村里人", "我叫〔姓名〕是村里人"),
        ("我叫王某（身份证后补）", "我叫〔姓名〕（身份证后补）"),
        ("我叫黄某出生于镇上", "我叫〔姓名〕出生于镇上"),
        ("我的名字叫欧阳小山。", "我的名字叫〔姓名〕。"),
        ("姓名：张三", "姓名：〔姓名〕"),
        ("举报人罗大山，男", "举报人〔姓名〕，男"),
        ("有个名叫“李小岩”的人", "有个名叫“〔姓名〕”的人"),
        ("举报人：城东轴承厂 刘况", "举报人：城东轴承厂 〔姓名〕"),
        ("望早日解决。谢谢！刘维 2019年9月", "望早日解决。谢谢！〔姓名〕 2019年9月"),
        ("找（李师傅）问", "找（〔姓名〕师傅）问"),
        ("姓名：阿依木", "姓名：〔姓名〕"),
        ("联系人：李某某，电话后补", "联系人：〔姓名〕，电话后补"),
        ("我是甘塘村的罗大山。", "我是甘塘村的〔姓名〕。"),
        ("我是陈静，", "我是〔姓名〕，"),
        ("请联系张先生", "请联系〔姓名〕先生"),
        ("工商所张女士说", "工商所〔姓名〕女士说"),
        ("业主高红晓女士", "业主〔姓名〕女士"),
        ("张三 13800000000", "〔姓名〕 〔手机〕"),
        ("张三，联系电话：13800000000", "〔姓名〕，联系电话：〔手机〕"),
        ("13800000000（李四）", "〔手机〕（〔姓名〕）"),
        (
            "请查处。\n此致\n敬礼！\n罗大山\n2026年1月4日",
            "请查处。\n此致\n敬礼！\n〔姓名〕\n2026年1月4日",
        ),
    ],
)
def test_a_name_is_hidden_where_a_cue_gives_it_away(text: str, hidden: str) -> None:
    assert mask(text).text == hidden
    assert "name" in mask(text).found


@pytest.mark.parametrize(
    "text",
    [
        "夜间噪声72.5分贝，COD 138.5mg/L，氨氮15.02 mg/L，PM2.5为135微克/立方米",
        "2026年1月4日03:20至2026-01-05 15:30",
        "黔环罚〔2020〕12号、黔党办发〔2020〕17号、国办函〔2025〕66号",
        "贵州某某化工有限公司（统一社会信用代码91522700MA6DK12345）",
        "打过12345、12369、110和119，没人管",
        "坐标107.517432,26.258219",
        "投资13800000000元，占地13900000000平方米",
        "受理编号6222020000000000012",
        "我是业主，我是这里的居民。我是高中生，我是本村的村民，",
        "尊敬的市长先生：您好！各位女士、先生",
        "本人于今年搬来，本人向贵局反映",
        "关注微信公众号，用微信转账20000元，微信2019年7月起不能用",
        "我叫他们停下来，我叫了警察",
        "我是金陵镇（原莲花乡）人，城管大叔、司机师傅、水务公司真是大爷",
        "本人权益受损，望解决。祝好！",
        "楼盘名字：金谷豪庭",
        "姓名：匿名，联系人：不愿透露，举报人：保密",
        "请为举报人保密，举报人安全第一，联系人方式有误",
        "他的姓名和电话、姓名及地址都泄露了",
        "云A区、京津冀、新冠",
        "甘塘镇3栋2单元1801室",
        "设备编号2019050113800",
    ],
)
def test_what_helps_to_handle_the_matter_stays_readable(text: str) -> None:
    assert mask(text) == Masked(text, ())


def test_masking_what_is_masked_changes_nothing() -> None:
    once = mask("我叫张三，13800000000，微信号：zhangsan_88，贵J12345").text
    assert mask(once).text == once
    assert mask(once).found == ()


@given(st.text(st.characters(codec=None)))
@settings(max_examples=300, deadline=None)
def test_nothing_typed_stops_the_masking(text: str) -> None:
    masked = mask(text)
    assert mask(masked.text).text == masked.text or masked.found
    leaks(text)


@given(
    st.text(
        st.sampled_from(
            "我叫是的姓名：张三王某先生女士138 -+86X@.a微信QQ号贵J\n电话，一三八零〔〕手机"
        ),
        max_size=60,
    )
)
@settings(max_examples=500, deadline=None)
def test_whatever_stands_beside_it_a_text_stays_in_order(text: str) -> None:
    kept = mask(text).text
    for token in TOKENS.values():
        kept = kept.replace(token, "")
    source = iter(text)
    assert all(character in source for character in kept)


@pytest.mark.parametrize(
    "hostile",
    [
        "1" * 20_000,
        "1 " * 10_000,
        "11 " * 6_700,
        "138 " * 5_000,
        "1-3(8)" * 3_300,
        "+86" * 6_700,
        "a" * 20_000,
        "a." * 10_000,
        "a@" * 10_000,
        "a@a." * 5_000,
        "oA1" * 6_700,
        "微信号" * 6_700,
        "身份证*" * 5_000,
        "我是张" * 6_700,
        "我是甘塘村的" * 3_400,
        "张" * 20_000,
        "姓名：" * 6_700,
        "贵J" * 10_000,
        "一" * 20_000,
        "先生" * 10_000,
        "张三\n" * 6_700,
        "〔手机" * 5_000,
        "晚上3点" * 5_000,
        "卡号1 " * 4_000,
    ],
)
def test_hostile_characters_take_as_long_as_there_are_many(hostile: str) -> None:
    assert growth(mask, hostile) < LINEAR
    assert growth(leaks, hostile) < LINEAR


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("位于3栋", "address"),
        ("二单元", "address"),
        ("1801室", "address"),
        ("12号楼", "address"),
        ("我家窗外", "first_person"),
        ("本人反映", "first_person"),
        ("我孩子咳嗽", "first_person"),
        ("家住附近", "first_person"),
        ("凌晨3点", "clock_time"),
        ("03:20", "clock_time"),
        ("三点半", "clock_time"),
        ("15时20分", "clock_time"),
        ("张先生", "name"),
        ("13800000000", "mobile"),
    ],
)
def test_a_public_text_may_not_point_at_the_reporter(text: str, kind: str) -> None:
    assert kind in leaks(f"经查，{text}，情况属实。")


@pytest.mark.parametrize(
    "text",
    [
        "经查，某化工厂2026年1月4日夜间超标排放，已责令改正，罚款138000元。",
        "噪声24小时监测，昼间58.2分贝，需注意以下三点，整改期限3个月。",
        "解放路128号某餐馆油烟扰民，已安装净化器。",
        "举报人反映的问题部分属实，经营者本人承认。",
        "投诉可拨打12345或12369。",
        "请〔手机〕联系",
        "该小区共16栋，剩余2栋未装表，国家住建部标准，经向举报对象其本人核实。",
        "营业时间为8:00-18:00，上午9:30至11:30。",
    ],
)
def test_a_plain_public_text_passes(text: str) -> None:
    assert leaks(text) == ()
