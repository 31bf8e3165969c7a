"""Walks over single desks' pages, each step of which is looked at."""

from tests.browser.clerk import Clerk
from tests.browser.sight import Looker

SMELL = "城北的沥青拌和站（虚构）一生产就冒青烟，刺鼻的味道几里外都闻得到。"
UNREACHED = """
UPDATE message SET state = 'unreachable', error = 'no.channel' WHERE id = (
  SELECT id FROM message WHERE recipient = 'reporter' LIMIT 1) RETURNING 1
"""


def routing_table(clerk: Clerk, looker: Looker) -> None:
    """The table, a text tried, a draft rehearsed that says the same and one that is no table."""
    page = clerk.page
    looker.go("/rules")
    clerk.press("试一试")
    looker.look()
    page.locator("#text").fill(SMELL)
    page.locator("#county").fill("都匀市")
    clerk.press("试一试")
    looker.look()
    clerk.press("演练", exact=True)
    looker.look()
    clerk.press("继续：生效")
    looker.look()
    clerk.press("确认生效")
    looker.look()
    page.goto("/rules")
    page.locator("#draft").fill("rule = [")
    clerk.press("演练", exact=True)
    looker.look()
    page.goto("/rules")
    looker.go(page.locator("a[href*='/versions/']").first.get_attribute("href") or "")


def undelivered(clerk: Clerk, looker: Looker) -> None:
    """What could not be sent, read and put right; notices; the duty list."""
    looker.go("/notices")
    looker.go("/messages")
    looker.go("/messages?state=unreachable")
    looker.go(clerk.page.locator("a[href^='/messages/']").first.get_attribute("href") or "")
    clerk.press("更正并重发")
    looker.look()
    looker.go("/duty")
    clerk.press("安排值班")
    looker.look()


def wordings(clerk: Clerk, looker: Looker) -> None:
    """Every message, and one that is changed wrongly."""
    looker.go("/wordings")
    looker.go("/wordings/request.accepted/zh")
    clerk.page.locator("#body").fill("{name}")
    clerk.press("先预览")
    looker.look()
