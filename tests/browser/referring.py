"""What goes on beside an order: pressed, handed on, inspected, labelled; each page looked at."""

from urllib.parse import urlsplit

from tests.browser.clerk import Clerk
from tests.browser.sight import Looker


def referrals(clerk: Clerk, looker: Looker, order: str) -> None:
    """Nothing yet; a 督办 with what is wrong with it, its page, its print; the lists."""
    page = clerk.page
    looker.go("/referrals")
    looker.go("/referrals/breaches")
    looker.go("/referrals/new?kind=account")
    looker.go(f"/desk/orders/{order}/referrals")
    looker.go(f"/desk/orders/{order}/referrals?kind=supervise")
    clerk.press("立项并送出")
    looker.look()
    page.locator("#cause").select_option("overdue")
    page.locator("#days").fill("5")
    page.locator("#grounds").fill("请核查办理进度，按期书面回复（虚构）。")
    clerk.press("立项并送出")
    looker.look()
    clerk.link("打印")
    looker.look()
    looker.go("/referrals?tab=running")
    inspected(clerk, looker)
    labelled(clerk, looker, order)


def inspected(clerk: Clerk, looker: Looker) -> None:
    """A batch, a line that is none, an item and its page."""
    page = clerk.page
    looker.go("/inspections")
    clerk.press("登记批次")
    looker.look()
    page.locator("#name").fill("第一批（虚构）")
    page.locator("#received_on").fill("2026-01-05")
    clerk.press("登记批次")
    looker.look()
    page.locator("#lines").fill("D3GZ202601050001,没有的地方,问题（虚构）")
    clerk.press("登记交办件")
    looker.look()
    page.locator("#lines").fill("D3GZ202601050001,都匀市,某砖厂冒黑烟（虚构）")
    clerk.press("登记交办件")
    looker.look()
    looker.go(page.locator("a[data-open]").first.get_attribute("href") or "")


def labelled(clerk: Clerk, looker: Looker, order: str) -> None:
    """A campaign with one order under it."""
    page = clerk.page
    looker.go("/campaigns")
    clerk.press("新建专项行动")
    looker.look()
    page.locator("#name").fill("某专项行动（虚构）")
    for name in ("from_on", "to_on"):
        page.locator(f"#{name}").fill("2026-01-05")
    clerk.press("新建专项行动")
    looker.look()
    page.locator("#order").fill(order)
    clerk.press("加入")
    looker.look()
    assert urlsplit(page.url).path.startswith("/campaigns/")
