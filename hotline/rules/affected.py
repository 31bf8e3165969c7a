"""Of several places in one text: which one suffers, and which is only suspected, left, or near?"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

NEAR: Final = 14  # characters that are looked at before and behind a name


class Part(IntEnum):
    """What part a place has in a text; of two the higher one is the place of the report."""

    DENIED = -3  # 不是德惠市的
    SOURCE = -2  # 上游福泉市, 从惠水县拉过来
    LEFT = -1  # 老家三都县, 我是龙里县人
    BESIDE = 0  # 离都匀市十公里
    NAMED = 1
    SUFFERS = 2  # 我家住瓮安县, 飘到都匀市
    NOW = 3  # 现在都匀市上班, 路过荔波县看见


_GAP: Final = "(?:[^，。；！？,;!?、\n]{0,4})$"
_NOW: Final = re.compile(
    "(?:现在|如今|目前|眼下|现住|现居|搬到|搬来|搬回|嫁到|就在|(?<![听据])(?:说|讲|举报|投诉|反映)的?就?是(?:在|的)?|发生在)"
    f"{_GAP}"
)
_SEEN_FROM: Final = re.compile("(?:去|到|来|路过|经过|途经|在)(?:了)?[^，。,]{0,2}$")
_SEEN: Final = re.compile(
    "(?![^。]{0,6}回来)[^。，,]{0,8}[，,]?(?:就)?(?:看到|看见|发现|碰到|遇到|闻到)"
)
_SOURCE: Final = re.compile(
    "(?:上游|上风向|隔壁|相邻的?|怀疑|疑似|估计|应该是|可能是|好像是|是不是|听说是?|据说是?|污染源|源头|来自|闻到|闻得到"
    f"|看见从|从|由|被){_GAP}"
)
_FLOWS_FROM: Final = re.compile(
    "(?:那边|那头|那里)[^，。,]{0,6}(?:飘|吹|排|流|冲|下来|过来)"
    "|[^，。,]{0,10}(?:拉|运|飘|吹|排|流|冲)(?:过来|下来|来的?|过的|到|进|入|往)"
    "|方向"
)
_DENIED: Final = re.compile(
    r"(?<![是在归])(?:不是|并非|不属于?|不归|不在)(?:在|说|指|投诉|反映|举报)?$"
)
_LEFT: Final = re.compile(
    f"(?:老家|原籍|祖籍|籍贯|户籍|户口|娘家|注册地?|总公司|总部|老板|法人){_GAP}"
)
_AT_WORK: Final = re.compile("[^，。,]{0,5}(?:上班|打工|工作|做事|做生意|读书|上学|念书)")
_BORN: Final = re.compile("(?:我|本人|我们|俺|咱)?是?$")
_PEOPLE: Final = re.compile("人[，,。；]|籍|口音")
# 老家独山县那边的厂, 老家独山县，村里: then the matter is there.
_STILL: Final = re.compile(
    "(?:的[，,]?)?(?:那边|那头|[，,]?(?:村|寨|屯|组)里|[，,]?(?:父母|爸妈|爷爷|奶奶|老人|家里|屋头|门口|门前|村口))"
)
_BESIDE: Final = re.compile(
    "(?:离|距|距离|挨着|靠近|紧邻|邻近|临近|毗邻|紧挨着?|对面就?是|旁边是|通往|开往)(?:了|着)?$"
)
_AWAY: Final = re.compile(
    "(?:城区|县城|市区|城里)?(?:大概|大约|约|差不多|还有|有|只有|不到|也就)*[0-9一二三四五六七八九十两几百多]+(?:来|多)?(?:公里|千米|里(?![大路街镇村店河亭沟]))"
    "|(?:城区|县城|市区)?(?:不远|很近|挺近)|(?:挨着|紧挨|相邻|相连)"
)
_SUFFERS: Final = re.compile(
    "(?:家住|家在|我家|住在|住|租|居住|位于|地址[:：]?|地点[:：]?|我们|咱们?|俺们?|我这|我是|我在|人在|本人|归|属于|下游的?|倒在|倒到|倒进|倒入"
    f"|排到|排进|排入|流到|流进|流入|飘到|飘进|飘向|吹到|运到|拉到|卸在|埋在|堆在|落到|污染|影响){_GAP}"
)
_HERE: Final = re.compile("(?:这边|这里|这儿|这块|这段|这头|本地|境内|当地)")
_BETWEEN: Final = re.compile("交界|接壤|搭界|毗邻|两县|两市|两区|两边都|两头|两不管|三不管")
_LISTED: Final = re.compile("(?:和|与|跟|同|及|以及|、|还有)")


def part(text: str, at: int, end: int) -> Part:
    """The part of the place whose name stands from `at` to `end`."""
    before, behind = text[max(0, at - NEAR) : at], text[end : end + NEAR]
    if _DENIED.search(before):
        return Part.DENIED
    if _NOW.search(before) or (_SEEN_FROM.search(before) and _SEEN.match(behind)):
        return Part.NOW
    if _LEFT.search(before) or (_BORN.search(before) and _PEOPLE.match(behind)):
        return Part.SUFFERS if _STILL.match(behind) else Part.LEFT
    if _SOURCE.search(before) or _FLOWS_FROM.match(behind):
        return Part.SOURCE
    if _BESIDE.search(before) or _AWAY.match(behind):
        return Part.BESIDE
    suffers = _HERE.match(behind) or (_SUFFERS.search(before) and not _AT_WORK.match(behind))
    return Part.SUFFERS if suffers and not _LISTED.match(behind) else Part.NAMED


def together(parts: Sequence[Part]) -> Part:
    """Of one place named several times: once the source is the source, unless it also suffers."""
    if max(parts) >= Part.SUFFERS or min(parts) >= Part.BESIDE:
        return max(parts)
    return min(parts)


def lies_between(text: str) -> bool:
    """The text itself says that it is on a border."""
    return _BETWEEN.search(text) is not None
