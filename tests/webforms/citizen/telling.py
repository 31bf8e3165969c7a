"""How a made-up reporter fills the pages. Every name, number and firm is made up（虚构）."""

from typing import Any

from tests.support.visitor import Visitor

COUNTY, TOWNSHIP = "522701", "522701007"
STORY = "塑料厂（虚构）每天夜里排放刺鼻气味，窗户不敢开，老人小孩头晕。"
WHERE = {"county": COUNTY, "landmark": "云宫花城小区（虚构）3栋对面"}
WHAT = {"kinds": ["air", "noise"], "wish": "report"}
TOLD = {"text": STORY, "began": "2026-01-05", "hours": "夜里10点到2点", "still": "yes"}
NAMED = {"secrecy": "confidential", "phone": "13800000000", "wants_reply": "yes"}


async def tell_where(visitor: Visitor, **other: Any) -> None:
    """The county, then, on the page that comes back, the township."""
    await visitor.go("/report")
    await visitor.send("/report/where", **{**WHERE, **other})
    await visitor.send("/report/where", **{**WHERE, "township": TOWNSHIP, **other})


async def tell_all(visitor: Visitor, **you: Any) -> None:
    """As far as the check page, without pictures."""
    await tell_where(visitor)
    await visitor.send("/report/what", **WHAT)
    await visitor.send("/report/story", **TOLD)
    await visitor.send("/report/photos", act="next")
    await visitor.send("/report/you", **(you or NAMED))
    assert visitor.path == "/report/check", visitor.problems


async def sent(visitor: Visitor, **you: Any) -> tuple[str, str]:
    """A report that was sent: its number and its query code."""
    await tell_all(visitor, **you)
    await visitor.send("/report/submission")
    assert visitor.path == "/report/receipt", visitor.problems
    return receipt_of(visitor)


def receipt_of(visitor: Visitor) -> tuple[str, str]:
    """Number and code as the receipt shows them."""
    assert visitor.page is not None
    number = visitor.page.text.partition('id="number">')[2].partition("<")[0]
    code = visitor.page.text.partition('id="code">')[2].partition("</p>")[0]
    return number, "".join(filter(str.isdigit, code))
