"""回避: what is said about officials must not reach them; a person chooses who reads it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

OFFICE_ACCUSED: Final = "office.accused"  # the cause at the triage desk

_DEED: Final = (
    "不作为|乱作为|慢作为|不闻不问|推诿|踢皮球|包庇|纵容|袒护|保护伞|官商勾结|徇私|渎职|失职|受贿|行贿|收受"
    "|好处费|收.{0,3}好处|通风报信|打击报复|(?:泄露|透露).{0,6}(?:举报|投诉|反映)"
    "|(?:举报|投诉|反映|电话|信息|姓名|名字).{0,6}(?:泄露|透露|告诉)"
)
_OFFICE: Final = (
    "局|大队|支队|执法|监察|环保所|派出所|站|政府|街道办|办事处|管委会|村委|居委|部门|领导|干部"
    "|科长|工作人员"
)
# An office's short name is also half of many words (环保设备): only right before the deed. Whose
# short name it is, the pack says.
SHORT: Final = (
    *("环保", "环监", "环卫", "城管", "综合执法", "住建", "水务", "水利", "农业", "林业", "国土"),
    *("公安", "交警", "交通", "市监", "市场监管", "工商", "工信", "卫健", "应急", "安监"),
)
_STILL: Final = (
    "(?:那边|方面|的人|根本|从来|一直|总是|长期|互相|就是|反正|又|却|还是|仍|都|也|就|说){0,3}"
)
_AND: Final = "(?:和|与|跟|及|、)"
# 环保局不管, but not 不管白天黑夜, nor 要是环保局不管
_UNCARING: Final = (
    "(?:(?:撒手|从)?不(?:来|去)?管|不理不睬|不予理睬|置之不理|不予处理|不作处理|不(?:来)?查处)"
    "(?!白天|晚上|夜|黑|早|几点|是不是|是否|是谁|什么|谁|哪|刮风|下雨|天|春|有没有|老人|老少|大人|男女|的话"
    "|(?:我们?|你们?|他们?|咱们?|大家|群众|居民)?(?:怎|如何|多|打|跑|找|投|举|反映))"
)
_SERVES: Final = (
    "局|大队|支队|环保所|派出所|政府|街道办|办事处|管委会|(?:村|居)委会?"
    "|(?<!相关)(?<!有关)(?<!个)部门"
)
_BETWEEN: Final = r"[^。！？!?\n]{0,20}"
_IF: Final = re.compile("(?:如果|要是|若|万一|倘|假如|只要|除非|再)[^，。；！？,;!?\n]{0,8}$")


def _by_short_name(names: Iterable[str]) -> str:
    """城管不作为, 城管和环保互相推诿: as a pattern; the names are its group."""
    any_name = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return f"((?:{any_name})(?:{_AND}(?:{any_name}))*){_STILL}(?:{_DEED}|{_UNCARING})"


_ACCUSES: Final = re.compile(
    f"(?:{_OFFICE}){_BETWEEN}(?:{_DEED})|(?:{_DEED}){_BETWEEN}(?:{_OFFICE})"
    f"|(?:{_SERVES}){_STILL}{_UNCARING}|{_by_short_name(SHORT)}"
)


_AN_OFFICE: Final = re.compile(_OFFICE)
_IS_UNCARING: Final = re.compile(f"{_UNCARING}$")
NEAR: Final = 12


def blamed(text: str) -> Iterator[tuple[int, int]]:
    """From where to where officials and what they are blamed for stand together."""
    return (found.span() for found in _ACCUSES.finditer(text) if not _is_supposed(found))


def shortened(names: Iterable[str]) -> re.Pattern[str]:
    """What finds offices blamed by one of these short names; its first group holds them."""
    return re.compile(_by_short_name(names))


def _is_supposed(found: re.Match[str]) -> bool:
    """要是环保局不管: nobody is blamed yet. What was done stands, whatever is said before it."""
    before = found.string[max(0, found.start() - NEAR) : found.start()]
    return bool(_IS_UNCARING.search(found[0]) and _IF.search(before))


def names_another_office(text: str) -> bool:
    """Whether a passage speaks of any office at all."""
    return _AN_OFFICE.search(text) is not None


def accuses_office(*told: str) -> bool:
    """Whether officials and what they are blamed for stand in one sentence."""
    return any(True for text in told for _ in blamed(text))
