"""A 工单 through the pages: what a handler and a reviewer fill in. All made up（虚构）."""

from tests.support.sitting import Sitting

TEXTS = {
    "letter": "关于某砖厂（虚构）烟尘问题的复函。",
    "result": "经现场检查，除尘设施夜间未运行，已责令改正。",
    "reply": "您反映的烟尘问题属实，已责令该厂改正，感谢监督。",
}
HANDLED = {"finding": "true", "kind": "大气 · 烟粉尘", "kind2": "", **TEXTS}
PUBLIC = {
    "title": "某建材企业烟气问题",
    "problem": "群众反映一家建材企业在夜里排烟，影响附近生活。",
    "measure": "企业除尘设备停运，执法人员当场要求恢复，现已正常。",
}


def at(number: str, noun: str = "") -> str:
    """The order's page, or one of its acts."""
    return f"/desk/orders/{number}/{noun}".rstrip("/")


async def signed(handler: Sitting, number: str) -> None:
    """The department takes it in hand."""
    await handler.go(at(number))
    await handler.press(at(number, "signature"))


async def submitted(handler: Sitting, number: str) -> None:
    """Signed, concluded, written and handed to the reviewer, by one form."""
    await signed(handler, number)
    await handler.press(at(number, "texts"), at(number, "submission"), **HANDLED)


async def answered(handler: Sitting, reviewer: Sitting, number: str) -> None:
    """The reviewer has approved; the reporters are answered."""
    await submitted(handler, number)
    await reviewer.go(at(number))
    await reviewer.press(at(number, "approval"))


async def closed(handler: Sitting, reviewer: Sitting, number: str) -> None:
    """办结."""
    await answered(handler, reviewer, number)
    await reviewer.press(at(number, "closure"), closing="closed")
