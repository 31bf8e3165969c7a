"""How much does a word say? Little when every third report holds it, much when hardly any does."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import mul
from typing import Final

from hotline.rules.normalise import bigrams
from hotline.rules.signature import number

# The habits below weigh as much as so many reports; an installation's own soon outweigh them.
BELIEF: Final = 60
EVERYDAY_SHARE: Final = 0.15
OTHER_SHARE: Final = 0.004

# Our own: what is said whatever the matter is. The last two lines: what the long names of counties
# are made of; a name tells the place, which is compared by itself, and no matter.
EVERYDAY: Final = """
尊敬的领导 您好 你好 我是 我们 我想投诉 举报 反映 请问 希望 相关部门 有关部门 政府 能够 尽快
处理 解决 问题 严重影响 居民 生活 正常休息 小区 街道 附近 旁边 周边 业主 住户 村民 老百姓 请求
谢谢 每天 晚上 凌晨 长期 一直 没有人管 无人管理 多次投诉 打电话 回复 监管 查处 整改 环保局
环境污染 污染严重 噪音扰民 噪声 施工 工地 气味 刺鼻 难闻 臭味 排放 废气 废水 垃圾 灰尘 粉尘
油烟 公司 企业 工厂 什么时候 怎么办 能不能 为什么 是否 可以 不能 已经 现在 这个 这里 那个 他们
自己 孩子 老人 身体健康 安全隐患 建议 关于 情况 要求 建设 开发商 物业 造成 导致 存在
自治县 自治州 自治旗 民族 族自治 苗族 布依族 侗族 土家族 仡佬族 水族 彝族 回族 瑶族 蒙古族 满族 壮族
朝鲜族 畲族 族苗族 族布依族 族侗族 族土家族 族彝族 族回族 族壮族 族瑶族
"""


class Rarity:
    """`held`: how many of the `reports` looked at hold each word, by the number of its sound."""

    def __init__(self, reports: int = 0, held: Mapping[int, int] | None = None) -> None:
        self._reports = reports
        self._weights = self._weighed(held or {})
        self._rare = self._weight(OTHER_SHARE * BELIEF)

    def weight(self, word: int) -> float:
        """`word` as `signature.number` gives it."""
        return self._weights.get(word, self._rare)

    def weights(self, words: Iterable[int]) -> list[float]:
        """Of many words at once: this is done for every candidate."""
        return list(map(self._weights.get, words, repeat(self._rare)))

    def total(self, words: Iterable[int]) -> float:
        return sum(self.weights(words))

    def squares(self, words: Iterable[int]) -> float:
        weights = self.weights(words)
        square: float = sum(map(mul, weights, weights))
        return square

    def _weighed(self, held: Mapping[int, int]) -> dict[int, float]:
        counts = Counter({word: min(told, self._reports) for word, told in held.items()})
        for word in _EVERYDAY_NUMBERS:
            counts[word] += round(EVERYDAY_SHARE * BELIEF)
        return {word: self._weight(told) for word, told in counts.items()}

    def _weight(self, held: float) -> float:
        return math.log(1 + (self._reports + BELIEF) / (held + 0.5))


_EVERYDAY_NUMBERS: Final = frozenset(
    number(gram) for said in EVERYDAY.split() for gram in bigrams(said)
)
PLAIN: Final = Rarity()
