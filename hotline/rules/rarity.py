"""How much does a word say? Little when every third report holds it, much when hardly any does."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from hotline.rules.normalise import bigrams
from hotline.rules.sounds import heard

# Above this a word is simply rare: the name of a hot matter is in many reports and still a name.
MOST: Final = 3.4
# The habits below weigh as much as so many reports; an installation's own soon outweigh them.
BELIEF: Final = 60
EVERYDAY_SHARE: Final = 0.15
OTHER_SHARE: Final = 0.004

# Our own: what is said whatever the matter is.
EVERYDAY: Final = """
尊敬的领导 您好 你好 我是 我们 我想投诉 举报 反映 请问 希望 相关部门 有关部门 政府 能够 尽快
处理 解决 问题 严重影响 居民 生活 正常休息 小区 街道 附近 旁边 周边 业主 住户 村民 老百姓 请求
谢谢 每天 晚上 凌晨 长期 一直 没有人管 无人管理 多次投诉 打电话 回复 监管 查处 整改 环保局
环境污染 污染严重 噪音扰民 噪声 施工 工地 气味 刺鼻 难闻 臭味 排放 废气 废水 垃圾 灰尘 粉尘
油烟 公司 企业 工厂 什么时候 怎么办 能不能 为什么 是否 可以 不能 已经 现在 这个 这里 那个 他们
自己 孩子 老人 身体健康 安全隐患 建议 关于 情况 要求 建设 开发商 物业 造成 导致 存在
"""


class Rarity:
    """`held`: how many of the `reports` looked at hold each pair; `stored`: how many there are."""

    def __init__(
        self, reports: int = 0, held: Mapping[str, int] | None = None, stored: int = 0
    ) -> None:
        self.stored = max(stored, reports)
        self._reports = reports
        self._held = held or {}
        self._weights = self._weighed()
        self._rare = self._weight(OTHER_SHARE * BELIEF)

    def weight(self, word: str) -> float:
        """`word` by its sound, as `heard` gives it."""
        return self._weights.get(word, self._rare)

    def weights(self, words: Iterable[str]) -> list[float]:
        """Of many words at once: this is done for every candidate."""
        known, rare = self._weights.get, self._rare
        return [known(word, rare) for word in words]

    def total(self, words: Iterable[str]) -> float:
        return sum(self.weights(words))

    def squares(self, words: Iterable[str]) -> float:
        return sum(weight * weight for weight in self.weights(words))

    def share(self, gram: str) -> float:
        """The share of reports expected to hold this very pair of characters."""
        believed = EVERYDAY_SHARE if gram in _EVERYDAY_GRAMS else 0.0
        held = self._held.get(gram, 0) + believed * BELIEF
        return (held + 0.5) / (self._reports + BELIEF)

    def _weighed(self) -> dict[str, float]:
        counts: Counter[str] = Counter()
        for gram, held in self._held.items():
            counts[heard(gram)] += held
        for word in _EVERYDAY_SOUNDS:
            counts[word] += round(EVERYDAY_SHARE * BELIEF)
        return {
            word: self._weight(min(held, self._reports + BELIEF)) for word, held in counts.items()
        }

    def _weight(self, held: float) -> float:
        return min(MOST, math.log(1 + (self._reports + BELIEF) / (held + 0.5)))


_EVERYDAY_GRAMS: Final = frozenset(gram for said in EVERYDAY.split() for gram in bigrams(said))
_EVERYDAY_SOUNDS: Final = frozenset(map(heard, _EVERYDAY_GRAMS))
PLAIN: Final = Rarity()
