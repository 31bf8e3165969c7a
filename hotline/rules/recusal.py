"""回避: what is said about officials must not reach them; a person chooses who reads it."""

import re
from collections.abc import Iterator
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
# An office's short name is also half of many words (环保设备): only right before the deed.
_SHORT: Final = (
    "(?:环保|环监|城管|住建|水务|交警)(?:那边|方面|的人|根本|从来|一直|总是|长期|互相|都|也){0,2}"
)
_BETWEEN: Final = r"[^。！？!?\n]{0,20}"
_ACCUSES: Final = re.compile(
    f"(?:{_OFFICE}){_BETWEEN}(?:{_DEED})|(?:{_DEED}){_BETWEEN}(?:{_OFFICE})|{_SHORT}(?:{_DEED})"
)


_AN_OFFICE: Final = re.compile(_OFFICE)


def blamed(text: str) -> Iterator[tuple[int, int]]:
    """From where to where officials and what they are blamed for stand together."""
    return (found.span() for found in _ACCUSES.finditer(text))


def names_another_office(text: str) -> bool:
    """Whether a passage speaks of any office at all."""
    return _AN_OFFICE.search(text) is not None


def accuses_office(*told: str) -> bool:
    """Whether officials and what they are blamed for stand in one sentence."""
    return any(_ACCUSES.search(text) for text in told)
