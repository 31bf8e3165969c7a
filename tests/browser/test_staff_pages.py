"""Every page of the desks, full, empty, wrong and enlarged: readable by machine, light."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from hotline.rules.terms import Role
from tests.browser.clerk import Clerk
from tests.browser.devices import DESKTOP, Opener
from tests.browser.entering import NO_PAGES as NOT_HERE
from tests.browser.entering import money, offices, overseeing, papers, rewards, tables
from tests.browser.later import later
from tests.browser.pages import SMELL, UNREACHED, routing_table, undelivered, wordings
from tests.browser.people import (
    ADMIN,
    AGENT,
    HANDLER,
    MEDIA,
    PASSWORD,
    PUBLISHER,
    REVIEWER,
    REWARDER,
    SUPERVISOR,
    TRIAGE,
    Member,
)
from tests.browser.phone_line import a_line
from tests.browser.press import media_clerk
from tests.browser.referring import referrals
from tests.browser.running import Running
from tests.browser.sight import STAFF, Looker, pages_for
from tests.browser.telephone import NO_PAGES as NO_PHONE_PAGES
from tests.browser.telephone import telephone

NO_PAGES = {
    "/staff",  # leads to the first desk
    "/desk/rows",
    "/triage/next",
    "/notices/count",
    "/desk/orders/{number}/pictures/{handle}",
    "/triage/reports/{number}/pictures/{handle}",
    "/media/clues/{ref}/pictures/{handle}",
    "/rules/{code}/versions/{version}/file",
    "/releases/{number}/pack.zip",
    "/publish/{number}",  # looked at once something is public
}
HELD = set(Role) - {Role.PUBLIC, Role.MACHINE}
PAGES = (pages_for(*HELD) | {"/invitation/{token}"}) - NO_PAGES - NO_PHONE_PAGES - NOT_HERE
BURNING = "收完庄稼后，镇郊大片田里露天焚烧秸秆，浓烟呛人，连烧了几天。"
VAGUE = "我们这里的情况很不好，请你们派人来看看。"


@dataclass
class Tour:
    """People at their desks, and everything that was found on the way."""

    opened: Opener
    service: Running
    folder: Path
    found: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def begin(self, member: Member | None = None) -> tuple[Clerk, Looker]:
        page = self.opened(**DESKTOP)
        clerk = Clerk(page)
        if member:
            clerk.sign_in(member)
        return clerk, Looker(page, STAFF, self.found, self.seen)


def test_every_page_of_the_desks_is_for_everybody(
    opened: Opener, service: Running, tmp_path: Path
) -> None:
    tour = Tour(opened, service, tmp_path)
    administrator(tour)
    media_clerk(*tour.begin(MEDIA), tmp_path)
    numbers = agent(tour)
    triage(tour, numbers[BURNING], numbers[VAGUE])
    order = service.order_of(numbers[SMELL])
    referrals(*tour.begin(SUPERVISOR), order)  # while it is still in hand
    later(tour.begin, order)
    handler(tour, order)
    others(tour)
    rewards(*(rewarder := tour.begin(REWARDER)))
    money(rewarder[1])
    assert tour.service.value(UNREACHED)
    undelivered(*tour.begin(SUPERVISOR))
    wordings(*tour.begin(ADMIN))
    telephone(tour.begin, a_line(service))
    papers(*tour.begin(AGENT))
    tables(*tour.begin(AGENT), tmp_path)
    offices(*tour.begin(ADMIN))
    overseeing(*tour.begin(SUPERVISOR))
    assert "\n".join(tour.found) == ""
    assert Looker(opened(), STAFF, seen=tour.seen).not_seen(PAGES) == []


def administrator(tour: Tour) -> None:
    """An account at once, one by a link; a refused one; the own password."""
    clerk, looker = tour.begin(ADMIN)
    page = clerk.page
    looker.go("/people")
    clerk.press("建立账号")
    looker.look()
    page.locator("#name").fill("沈某某（虚构）")
    page.locator("#login").fill("shen.mou")
    page.get_by_label("话务员").check()
    clerk.press("建立账号")
    looker.look()
    page.get_by_label("话务员").check()
    clerk.press("发放一次性登录链接")
    looker.look()
    invited(tour, page.locator("code").inner_text())
    looker.go("/account/password")
    clerk.press("修改密码")
    looker.look()
    page.goto("/people")
    clerk.press("停用 沈某某（虚构）")
    looker.look()
    clerk.press("停用", exact=True)
    looker.look()
    page.keyboard.press("?")
    looker.look()
    routing_table(clerk, looker)


def invited(tour: Tour, link: str) -> None:
    """The link makes an account, once."""
    clerk, looker = tour.begin()
    looker.go(link)
    clerk.press("建立账号并登录")
    looker.look()
    clerk.page.locator("#name").fill("韩某某（虚构）")
    clerk.page.locator("#login").fill("han.mou")
    for name in ("new", "again"):
        clerk.page.locator(f"#{name}").fill(PASSWORD)
    clerk.press("建立账号并登录")
    looker.look()
    looker.go("/people")
    looker.go(link)
    clerk.page.goto("/staff")
    clerk.press("退出")
    clerk.page.locator("#login").fill("nobody")
    clerk.press("登录")
    looker.look()


def agent(tour: Tour) -> dict[str, str]:
    """A call with nothing in it, three that are saved, and the list; text → number."""
    clerk, looker = tour.begin(AGENT)
    numbers: dict[str, str] = {}
    looker.go("/agent")
    for text, county in ((SMELL, "都匀市"), (BURNING, "都匀市"), (VAGUE, "")):
        clerk.page.goto("/agent")
        clerk.press("登记新来电")
        if not numbers:
            looker.look()
            clerk.press("登记并流转")
            looker.look()
        clerk.page.locator("#text").fill(text)
        clerk.page.locator("#phone").fill("13900000088")
        clerk.page.locator("#county").fill(county)
        clerk.page.get_by_label("申请举报奖励").check()
        clerk.press("登记并流转")
        said = clerk.page.locator(".read-out").first.inner_text()
        numbers[text] = said.replace(" ", "")
    looker.look()
    looker.go("/agent")
    looker.go("/people")
    clerk.page.goto("/agent")
    clerk.press("登记新来电")
    clerk.page.context.clear_cookies(name="staff")
    clerk.press("登记并流转")
    looker.look()
    return numbers


def triage(tour: Tour, burning: str, vague: str) -> None:
    """What nobody is named for, and what says too little."""
    clerk, looker = tour.begin(TRIAGE)
    looker.go("/triage")
    looker.go("/repair")
    looker.go(f"/triage/hot/{tour.service.order_of(burning)}")
    looker.go(f"/desk/orders/{tour.service.order_of(burning)}/correction")
    clerk.press("更正并重新派单")
    looker.look()
    apart(tour, burning)
    looker.go(f"/triage/orders/{tour.service.order_of(burning)}")
    clerk.page.locator("#lead").select_option("")
    clerk.press("交办")
    looker.look()
    looker.go(f"/triage/reports/{vague}")
    clerk.press("受理为新工单")
    looker.look()
    clerk.press("不予受理")
    looker.look()
    clerk.page.locator("#answer").fill("您好，请补充地点和具体情况，我们尽快安排核查。")
    clerk.press("直接答复")
    looker.look()


def apart(tour: Tour, report: str) -> None:
    """Who belongs to an order; moving out, which needs a reason; merging, which needs another."""
    clerk, looker = tour.begin(TRIAGE)
    order = tour.service.order_of(report)
    looker.go(f"/desk/orders/{order}/members")
    looker.go(f"/desk/orders/{order}/split?report={report}")
    clerk.press("确认拆出")
    looker.look()
    looker.go(f"/desk/orders/{order}/comparison?into={order}")


def handler(tour: Tour, order: str) -> None:
    """The tabs, most of them empty; the order from hand to hand; who reported; the search."""
    clerk, looker = tour.begin(HANDLER)
    page = clerk.page
    for tab in ("to_sign", "in_work", "overdue", "returned"):
        looker.go(f"/desk?tab={tab}")
    for asked in ("沥青拌和站", "没有这样的词"):
        page.goto("/desk")
        page.locator("#q").fill(asked)
        clerk.press("查找")
        looker.look()
    looker.go("/desk/orders/nothing")
    looker.go(f"/desk/orders/{order}/terms/handling")
    looker.go(f"/desk/orders/{order}")
    clerk.press("异议")
    looker.look()
    clerk.press("签收")
    looker.look()
    for noun in ("extension", "parts", "asking"):
        looker.go(f"/desk/orders/{order}/{noun}")
    looker.go(f"/desk/orders/{order}")
    clerk.press("保存并提交审核")
    looker.look()
    clerk.press("查看一次")
    looker.look()
    page.get_by_label("理由").first.fill("需要电话核实具体位置（虚构）")
    clerk.press("查看一次")
    looker.look()
    answered(tour, clerk, looker, order)


def answered(tour: Tour, clerk: Clerk, looker: Looker, order: str) -> None:
    """Written, sent back, approved, closed; and told to the public."""
    reviewer, review = tour.begin(REVIEWER)
    publisher, publish = tour.begin(PUBLISHER)
    publish.go("/publish")
    clerk.open_order(order)
    clerk.submit("true")
    looker.look()
    review.go("/desk?tab=submitted")
    review.go(f"/desk/orders/{order}")
    reviewer.press("审核退回")
    review.look()
    reviewer.press("审核通过并答复反映人")
    review.look()
    reviewer.close()
    review.look()
    clerk.open_order(order)
    clerk.press("提出公开")
    looker.look()
    clerk.propose()
    looker.look()
    publish.go("/publish")
    publisher.press("审核通过并公开")
    publish.look()
    publisher.press("撤回")
    publish.look()


def others(tour: Tour) -> None:
    """Who oversees sees every tab."""
    clerk, looker = tour.begin(SUPERVISOR)
    looker.go("/desk")
    looker.go("/desk?tab=answered")
    with clerk.page.expect_navigation(url=re.compile("/triage")):
        clerk.page.goto("/triage/next")
    looker.look()
