"""口令: the few words by which a person in a chat asks for something else than to report."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hotline.rules.numbering import clean_code, clean_number


class Order(StrEnum):
    """What is asked for."""

    NONE = ""
    HELP = "help"
    CANCEL = "cancel"
    RESTART = "restart"
    PROGRESS = "progress"
    SUPPLEMENT = "supplement"
    ENGLISH = "english"
    CHINESE = "chinese"


WORDS: Final = {
    **dict.fromkeys(("帮助", "help", "?", "？"), Order.HELP),
    **dict.fromkeys(("取消", "cancel"), Order.CANCEL),
    **dict.fromkeys(("重新开始", "重来", "restart"), Order.RESTART),
    **dict.fromkeys(("进度", "查询", "查进度", "progress"), Order.PROGRESS),
    **dict.fromkeys(("补充", "supplement"), Order.SUPPLEMENT),
    **dict.fromkeys(("english", "en", "英文", "英语"), Order.ENGLISH),
    **dict.fromkeys(("中文", "chinese", "汉语"), Order.CHINESE),
}
OPEN: Final = (Order.PROGRESS, Order.SUPPLEMENT)  # words may follow


@dataclass(frozen=True, slots=True)
class Spoken:
    """An order with the number and the code that go with it, and the rest of the words."""

    order: Order
    number: str = ""
    code: str = field(default="", repr=False)
    rest: str = field(default="", repr=False)


def spoken(text: str) -> Spoken:
    """`进度`, `进度 编号 查询码`, `补充 内容`, `补充 编号 查询码 内容`; else no order."""
    first, *others = text.replace("：", " ").replace("\u3000", " ").split(maxsplit=1) or [""]
    order = WORDS.get(first.lower(), Order.NONE)
    rest = others[0] if others else ""
    if order is Order.NONE or (rest and order not in OPEN):
        return Spoken(Order.NONE)
    return _with_number(order, rest)


def _with_number(order: Order, rest: str) -> Spoken:
    """A code is often copied in fours: as many words as make one are taken."""
    words = rest.split()
    number = clean_number(words[0]) if words else None
    if number is None:
        is_order = order is Order.SUPPLEMENT or not rest
        return Spoken(order, rest=rest) if is_order else Spoken(Order.NONE)
    for taken in (2, 5):
        if code := clean_code("".join(words[1:taken])):
            return Spoken(order, number, code, " ".join(words[taken:]))
    return Spoken(order, number, rest=" ".join(words[1:]))
