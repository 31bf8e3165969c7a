"""A score means "likely one matter": of one county and kind, what is shown and what is not.

All texts are made up (虚构); no firm, estate or person is real.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

from hotline.rules.dedupe import Sketch, likeness
from hotline.rules.normalise import body_key_text
from hotline.rules.rarity import Rarity
from hotline.rules.signature import opening_signature, signature, title_signature

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RARITY = Rarity()

# Twenty matters of one county, each told twice: as one wrote it, and as another or a machine did.
MATTERS = [
    ("云坪镇石场夜里放炮，房子震裂了", "云平镇那个石场半夜放炮炸石头，我家墙都震裂了"),
    ("白鹤湾小区楼下火锅店油烟直排到楼上", "白鹤湾小区一楼的火锅店排油烟，楼上窗户不敢开"),
    ("龙井溪的水发黑发臭，上游养猪场在排粪水", "龙井溪上游的猪场把粪水排进溪里，水又黑又臭"),
    ("新桥工地凌晨还在打桩，噪音大睡不着", "新桥那边工地凌晨打桩施工噪声大，没法睡觉"),
    ("青杠林木材厂烧废料冒黑烟", "青岗林木材厂又在烧废料，黑烟滚滚"),
    ("大田坝垃圾堆在路边没人清运", "大田坝路边堆满垃圾，很久没有清运了"),
    ("紫荆苑门口烧烤摊每晚烟熏火燎", "紫金苑门口的烧烤摊，天天晚上烟熏得受不了"),
    ("盘石水泥厂粉尘落满院子", "盘石水泥厂的粉尘大，院子里落了厚厚一层灰"),
    ("望江洗车场污水直接流进下水道", "望江洗车场洗车的污水不经处理排到下水道"),
    ("柏杨冲电镀作坊偷排废水，鱼都死了", "柏杨冲有电镀作坊偷偷排废水，塘里鱼死了"),
    ("万福广场跳舞的音响太大声", "万福广场晚上跳广场舞音响开得很大，扰民"),
    ("鲤鱼塘塑料厂刺鼻气味飘到学校", "鲤鱼塘那个塑料加工厂气味刺鼻，学校里都闻得到"),
    ("渣土车从枫香路过一路撒泥扬尘", "枫香路上渣土车不盖篷布，撒得满路是土，扬尘大"),
    ("锦绣江南二期空调外机轰鸣", "锦绣江南二期楼下空调外机噪音轰鸣，整夜不停"),
    ("松树坡医疗废物倒在山沟里", "松树坡山沟里有人倾倒医疗废物"),
    ("黄泥堡砖厂晚上偷偷生产冒烟", "黄泥堡的砖厂白天停晚上生产，烟囱冒烟"),
    ("石板滩采砂船把河水搅浑", "石板滩河里采砂船采砂，河水浑浊不堪"),
    ("马鞍桥喷漆房没有环保设备味道大", "马鞍桥汽修店的喷漆房油漆味大，没有环保设备"),
    ("双河口有人砍林地建房", "双河口林地被人砍伐毁林建房"),
    ("荷花池豆腐坊废水流到街上", "荷花池豆腐作坊的废水流得满街都是，发臭"),
]
# The same template filled in for other places, and a few words that could be of anything.
TEMPLATES = [
    f"{place}附近有工厂排放刺鼻气味，严重影响居民生活，请尽快处理"
    for place in (
        "云坪",
        "白鹤湾",
        "青杠林",
        "大田坝",
        "盘石",
        "望江",
        "柏杨冲",
        "鲤鱼塘",
        "枫香",
        "松树坡",
    )
]
SHORT = [
    "噪音扰民",
    "气味难闻",
    "有人烧垃圾",
    "河水黑了",
    "灰尘太大",
    "油烟太重",
    "半夜施工",
    "偷排污水",
]


def a_sketch(text: str, sender: bytes, at: datetime = NOON) -> Sketch:
    """As the service makes it of a report without a title."""
    return Sketch(
        id=UUID(int=1),
        county="c1",
        township=None,
        kinds=frozenset({"air.odour"}),
        words=frozenset(signature(text, text)),
        title_words=title_signature(text),
        opening=opening_signature(text),
        body_key=body_key_text(text).encode(),
        sender=sender,
        landmark="",
        target="",
        at=at,
        open=True,
    )


def shown(one: str, other: str) -> bool:
    new = replace(a_sketch(one, b"one"), at=NOON + timedelta(days=2))
    return likeness(new, a_sketch(other, b"two"), rarity=RARITY).one_matter


def test_hardly_any_two_matters_of_one_county_and_kind_are_shown() -> None:
    told = [first for first, _ in MATTERS]
    pairs = [*combinations(told, 2), *combinations(SHORT, 2)]
    wrong = [pair for pair in pairs if shown(*pair)]
    assert len(pairs) > 200
    assert len(wrong) <= len(pairs) * 0.01, wrong


def test_a_matter_told_again_in_other_words_or_misheard_is_shown() -> None:
    twice = [*MATTERS, *((other, f"你好，{first}，请派人来看一下") for first, other in MATTERS)]
    missed = [pair for pair in twice if not shown(*pair)]
    assert len(twice) == 40
    assert len(missed) <= 4, missed


def test_a_template_filled_in_for_other_places_never_joins_by_itself() -> None:
    for one, other in combinations(TEMPLATES, 2):
        new, old = a_sketch(one, b"one"), a_sketch(other, b"one")
        assert likeness(new, old, rarity=RARITY).band != "join"


def test_what_is_unlike_stays_far_below_what_is_shown() -> None:
    told = [first for first, _ in MATTERS]
    scores = sorted(
        likeness(a_sketch(one, b"one"), a_sketch(other, b"two"), rarity=RARITY).score
        for one, other in combinations(told, 2)
    )
    assert scores[len(scores) // 2] < 0.15
