"""领奖密语 in everyday words: ten drawn by lot (80 bits) and one that finds a slip of the pen.

The list is our own: 256 words of two characters, no two of which sound alike to an ear of the
south-west, so that they can be read out by telephone. The last word is a check over GF(256): any
one wrong word and any two exchanged are found before anything is looked up.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from hotline.rules.normalise import tidy
from hotline.rules.sounds import heard

DRAWN: Final = 10
IN_ALL: Final = DRAWN + 1
CHARACTERS: Final = 2
AGAIN_WITHIN: Final = timedelta(minutes=30)  # of the first time, for a page that was lost
_LIST: Final = """
苹果 西瓜 葡萄 香蕉 樱桃 草莓 石榴 柠檬 荔枝 菠萝 核桃 红枣 橘子 甘蔗 番茄 萝卜
土豆 南瓜 辣椒 生姜 大蒜 香葱 豆腐 馒头 面条 包子 饺子 汤圆 粽子 月饼 蛋糕 牛奶
白糖 酱油 咖啡 开水 老虎 狮子 骏马 山羊 兔子 松鼠 熊猫 猴子 狐狸 刺猬 骆驼 公鸡
鸭子 白鹅 燕子 喜鹊 乌鸦 孔雀 鹦鹉 老鹰 鲤鱼 螃蟹 青蛙 蜻蜓 蝴蝶 蚂蚁 蜗牛 乌龟
海豚 鲸鱼 柳树 梅花 荷花 菊花 牡丹 玫瑰 桂花 小草 种子 稻田 麦穗 棉花 河流 湖泊
沙滩 森林 岩石 瀑布 温泉 峡谷 平原 沙漠 岛屿 太阳 月亮 白云 彩虹 微风 雷声 闪电
露水 春天 夏季 秋风 早晨 中午 黄昏 夜晚 铅笔 书本 纸张 尺子 橡皮 黑板 地图 字典
信封 邮票 眼镜 雨伞 帽子 围巾 手套 袜子 皮鞋 衬衫 毛衣 裤子 纽扣 针线 剪刀 锤子
钉子 螺丝 斧头 锯子 铁锹 扫帚 水桶 脸盆 肥皂 牙刷 梳子 枕头 被子 床单 窗帘 桌子
椅子 沙发 柜子 抽屉 门锁 钥匙 楼梯 屋顶 砖墙 玻璃 灯泡 蜡烛 火柴 煤炉 铁锅 筷子
勺子 饭碗 盘子 茶杯 水壶 瓶子 罐头 口袋 汽车 飞机 轮船 桥梁 隧道 码头 车站 邮局
银行 医院 学校 食堂 公园 广场 宝塔 古井 风筝 鞭炮 灯笼 锣鼓 二胡 笛子 钢琴 吉他
喇叭 歌曲 舞蹈 电影 相机 电话 电视 莲藕 电扇 空调 足球 乒乓 象棋 跳绳 游泳 跑步
登山 钓鱼 划船 父亲 母亲 农民 工人 司机 厨师 木匠 裁缝 渔夫 猎人 作家 邻居 朋友
客人 金色 翠绿 天蓝 紫色 粉红 橙黄 圆圈 方块 三角 左边 右边 火车 泰山 珍珠 铜钱
木炭 陶瓷 丝绸 羽毛 贝壳 珊瑚 海带 蘑菇 木耳 百合 芝麻 玉米 高粱 红薯 芹菜 韭菜
"""
WORDS: Final = tuple(_LIST.split())
_PLACE: Final = {word: place for place, word in enumerate(WORDS)}
_BY_EAR: Final = {heard(word): word for word in WORDS}
_LONGEST_TYPED: Final = 200
_BYTE, _POLYNOMIAL = 0x100, 0x11D  # of GF(256), in which 2 is primitive


def secret_from(lot: bytes) -> tuple[str, ...]:
    """The words of ten random bytes, and the check."""
    if len(lot) != DRAWN:
        raise ValueError("ten bytes are one secret")
    return tuple(WORDS[place] for place in (*lot, _check(lot)))


def words_in(typed: str) -> tuple[str, ...]:
    """The words in what somebody typed, however they are set apart; heard ones are put right."""
    signs = [sign for sign in tidy(typed[:_LONGEST_TYPED]) if sign.isalpha()]
    pairs = ("".join(signs[at : at + CHARACTERS]) for at in range(0, len(signs), CHARACTERS))
    return tuple(pair if pair in _PLACE else _BY_EAR.get(heard(pair), pair) for pair in pairs)


def slip(words: Sequence[str]) -> tuple[str, int]:
    """What is plainly wrong with them: a message key and the place from 1; ("", 0) for nothing."""
    for at, word in enumerate(words, start=1):
        if word not in _PLACE:
            return "secret.no_word", at
    if len(words) != IN_ALL:
        return "secret.count", len(words)
    places = [_PLACE[word] for word in words]
    return ("secret.slip", 0) if _check(bytes(places[:DRAWN])) != places[DRAWN] else ("", 0)


def _check(places: bytes) -> int:
    """The word that makes the whole vanish at 2."""
    sum_ = 0
    for place in places:
        sum_ = _doubled(sum_ ^ place)
    return sum_


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value >= _BYTE else value
