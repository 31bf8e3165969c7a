"""Of two places in one text: which one suffers, and which is only suspected, or left, or passed?"""

import re
from typing import Final

NEAR: Final = 12

# 上游福泉市, 怀疑是平坝区, 从惠水县拉过来: what stands before a place that is not the affected one.
_BEFORE: Final = re.compile(
    "(?:上游|上风向|隔壁|相邻的?|怀疑|疑似|估计|应该是|可能是|好像是|是不是|听说是?|据说是?|污染源|源头|来自|闻到|闻得到"
    "|看见从|从|由|老家|原籍|户籍|我是|本人是)(?:[^，。；！？,;!?\n]{0,4})$"
)
# 龙里县人, 贵定县方向吹过来: what stands behind it.
_BEHIND: Final = re.compile(
    "(?:人[，,。]|方向|那边[^，。,]{0,6}(?:飘|吹|排|流)|[^，。,]{0,8}(?:拉|运|飘|吹|排|流)(?:过来|下来|来的?|过的))"
)
# 两县交界: neither is the one.
_BETWEEN: Final = re.compile("交界|接壤|搭界|毗邻|两县|两市|两边都")


def is_elsewhere(text: str, at: int, word: str) -> bool:
    """The place named at this spot is where something came from, not where it is suffered."""
    before, behind = text[max(0, at - NEAR) : at], text[at + len(word) : at + len(word) + NEAR]
    return bool(_BEFORE.search(before) or _BEHIND.match(behind))


def lies_between(text: str) -> bool:
    """The text itself says that it is on a border."""
    return _BETWEEN.search(text) is not None
