"""The desks of the telephone, walked from the first article to the last figure."""

from collections.abc import Callable
from typing import Final

from tests.browser.clerk import Clerk
from tests.browser.people import ADMIN, AGENT, SUPERVISOR, Member
from tests.browser.phone_line import PhoneLine
from tests.browser.sight import Looker

NO_PAGES: Final = {
    "/agent/ringing",
    "/line.csv",
    "/agent/calls/{ref}/recordings/{handle}",
    "/desk/orders/{number}/recordings/{handle}",
}
ARTICLE: Final = {
    "title": "夜间施工噪声（虚构）",
    "kind": "噪声",
    "script": "您好，请问工地在哪里、从几点开始？",
    "answer": "晚十点至早六点不得进行产生噪声的施工，抢修抢险除外。",
    "source": "噪声污染防治法（虚构的解读）",
}


def telephone(begin: Callable[[Member], tuple[Clerk, Looker]], line: PhoneLine) -> None:
    """Written and approved; rung, missed, left; called back, heard; counted."""
    _knowledge(begin)
    clerk, looker = begin(AGENT)
    page = clerk.page
    for path in ("/agent/call-backs", "/agent/mailbox"):
        looker.go(path)
    line.tell("missed", "t-1", caller="13900000051")
    line.tell("voicemail", "t-2", caller="13900000052")
    looker.go("/agent/mailbox")
    looker.go("/agent/call-backs")
    page.get_by_role("button", name="领取").first.click()
    looker.look()
    page.goto("/agent")
    page.locator("#line").select_option(line.name)
    page.locator("#extension").fill("8009")
    clerk.press("入席")
    looker.look()
    looker.go(f"/agent/lines/{line.name}/calls/t-0")
    _figures(begin)


def _knowledge(begin: Callable[[Member], tuple[Clerk, Looker]]) -> None:
    clerk, looker = begin(SUPERVISOR)
    looker.go("/knowledge")
    clerk.page.locator("details").last.evaluate("(one) => { one.open = true; }")
    clerk.press("提交审定")
    looker.look()
    for name, value in ARTICLE.items():
        clerk.page.locator(f"#{name}").fill(value)
    clerk.press("提交审定")
    looker.look()
    address = clerk.page.url
    other, its = begin(ADMIN)
    other.page.goto(address)
    its.look()
    other.press("审定生效")
    its.look()
    its.go("/knowledge")


def _figures(begin: Callable[[Member], tuple[Clerk, Looker]]) -> None:
    clerk, looker = begin(SUPERVISOR)
    looker.go("/line")
    clerk.page.locator("th a").first.click()
    looker.look()
    clerk.page.locator("td a").first.click()
    looker.look()
